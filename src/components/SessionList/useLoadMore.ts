import { useEffect, useRef } from "react";

import type { useSessionList } from "./useSessionList.ts";

/** Loads the next page, then moves the focus from the button to the first row that came, so that reading goes on there. */
export function useLoadMore({ query, groups }: ReturnType<typeof useSessionList>) {
  const panel = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef<ReadonlySet<string>>(undefined);
  const ids = groups.flatMap(({ sessions }) => sessions.map(({ session }) => session.session_id));

  useEffect(() => {
    const known = before.current;
    if (!known || query.isFetchingNextPage) return;
    before.current = undefined;
    const first = ids.findIndex((id) => !known.has(id));
    const { activeElement, body } = document;
    if (activeElement !== button.current && activeElement !== body) return;
    panel.current?.querySelectorAll<HTMLElement>(".coviu-session-open")[first]?.focus();
  });

  function loadMore(): void {
    if (query.isFetchingNextPage) return;
    before.current = new Set(ids);
    void query.fetchNextPage();
  }

  return { panel, button, loadMore };
}
