import { type RefObject, useEffect, useMemo, useRef, useState } from "react";

import { focusedNear, isFocusLost } from "../../provider/dom.ts";
import { pageOfRows, type Place } from "./rowPages.ts";
import { useRowFocus } from "./useRowFocus.ts";
import type { UseSessionListResult } from "./useSessionList.ts";

/** Session list with the page of rows that is on the screen. */
interface RowPages
  extends
    UseSessionListResult,
    Pick<ReturnType<typeof pageOfRows>, "shown" | "from" | "to" | "before">,
    Pick<ReturnType<typeof useRowFocus>, "panel" | "handlers"> {
  button: RefObject<HTMLButtonElement | null>;
  turnTo: (index: number) => void;
  forward: () => void;
}

/** Page of rows on the screen, and functions that change it. After the last page, sessions are read from the server. */
export function useRowPages(list: UseSessionListResult, selectedId: string | undefined): RowPages {
  const { query, groups, filters, loaded } = list;
  const { isStale } = query;
  const { panel, focusRow, settle, handlers } = useRowFocus();
  const button = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<Place>({});
  const { order } = filters;
  const { rows, from, to, before, shown } = useMemo(
    () => pageOfRows(groups, place, selectedId, order),
    [groups, place, selectedId, order],
  );
  const reading = useRef<{ ids: ReadonlySet<string>; loaded: number; isStale: boolean }>(undefined);

  useEffect(() => {
    takeUpReading();
    settle(rows.slice(from, to).map(({ session_id }) => session_id));
  });

  /** Called when more sessions were read. */
  function takeUpReading(): void {
    if (!reading.current || query.isFetchingNextPage) return;
    const started = reading.current;
    const failed = query.isFetchNextPageError;
    if (!failed && query.hasNextPage && loaded === started.loaded) {
      // An empty page adds no rows, so the next one is read.
      void query.fetchNextPage({ cancelRefetch: false });
      return;
    }
    reading.current = undefined;
    const first = rows.findIndex(({ session_id }) => !started.ids.has(session_id));
    const { current: place } = panel;
    const isFree = place && (isFocusLost(place) || focusedNear(place) === button.current);
    if (first >= 0 && isFree) show(first);
    // Stale pages are refetched as well, so that the whole list has one age.
    if (started.isStale && !failed) void query.refetch();
  }

  function turnTo(index: number): void {
    setPlace({ first: index ? rows[index] : undefined, selectedId });
  }

  /** Moves the focus to the row, so that screen readers continue there. */
  function show(index: number): void {
    focusRow(rows[index]?.session_id);
    if (index < from || index >= to) turnTo(index);
  }

  function forward(): void {
    if (to < rows.length) return show(to);
    if (query.isFetchingNextPage) return;
    reading.current = { ids: new Set(rows.map(({ session_id }) => session_id)), loaded, isStale };
    void query.fetchNextPage();
  }

  /** Returns to the first page when other rows are shown. */
  function fromTheTop<Values extends unknown[]>(choose: (...values: Values) => void) {
    return (...values: Values) => {
      reading.current = undefined;
      setPlace({ selectedId });
      choose(...values);
    };
  }

  return {
    ...list,
    change: fromTheTop(list.change),
    setSearch: fromTheTop(list.setSearch),
    panel,
    button,
    handlers,
    shown,
    from,
    to,
    before,
    turnTo,
    forward,
  };
}
