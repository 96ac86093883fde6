import { type InfiniteData, keepPreviousData, type UseInfiniteQueryResult } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";

import type { CoviuError } from "../../api/errors.ts";
import type { Session, SessionPage } from "../../api/schemas.ts";
import { duplicateTest } from "../../domain/duplicates.ts";
import { textOrder } from "../../domain/intl.ts";
import { isHost, shownName } from "../../domain/roles.ts";
import { dayOf, toWallClock } from "../../domain/wallClock.ts";
import { useNow } from "../../hooks/useNow.ts";
import { useOverlappingSessions } from "../../hooks/useOverlappingSessions.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import type { ListedPerson } from "../person/listedPerson.ts";
import {
  admitted,
  byDay,
  daysOf,
  endOfHour,
  filtersOf,
  listParams,
  matchesNames,
  mergedRows,
  searchWords,
  type SessionFilters,
  type SessionGroup,
  type SessionView,
} from "./filters.ts";
import { startingSoon } from "./startingSoon.ts";

export type { ListedPerson };

export interface SessionListOptions {
  /**
   * People to filter by.
   *
   * @default the hosts of the sessions that are read and have a `state`
   */
  people?: readonly ListedPerson[] | undefined;
  /** View at the start. @default "upcoming" */
  defaultView?: SessionView | undefined;
}

/** Result of `useSessionList`. */
export interface UseSessionListResult {
  /** Query of the pages that are read so far. */
  query: UseInfiniteQueryResult<InfiniteData<SessionPage>, CoviuError>;
  /** Whether reading ended although the server announced more sessions. */
  isStuck: boolean;
  /** Time of the provider. `undefined` until hydrated. */
  now: Date | undefined;
  /** Filters in use. */
  filters: SessionFilters;
  /** Changes some of the filters. Another view starts with its own days and order. */
  change: (changed: Partial<SessionFilters>) => void;
  /** Text of the search. */
  search: string;
  /** Sets the text of the search. */
  setSearch: (search: string) => void;
  /** People to filter by. */
  people: readonly ListedPerson[];
  /** Whether a session has a duplicate among the sessions that are read. */
  isDuplicate: (session: Session) => boolean;
  /** Sessions that match the filters and the search, by day. */
  groups: SessionGroup[];
  /** Number of sessions in `groups`. */
  count: number;
  /** Number of sessions that match the filters. */
  searched: number;
  /** Number of sessions that are read, also those of other views. */
  loaded: number;
  /** Sessions that start in five minutes or in one. */
  starting: { minutes: number; sessions: Session[] }[];
  /** Number of active sessions that match the filters. */
  active: number;
}

/**
 * State of `SessionList`: the sessions of one view by day, with filters, search and paging.
 *
 * @example
 *   function Today() {
 *     const { groups, query } = useSessionList({ defaultView: "active" });
 *     if (query.isPending) return <p>Loading…</p>;
 *     return groups.flatMap(({ sessions }) =>
 *       sessions.map(({ session, status }) => <p key={session.session_id}>{session.session_name}: {status}</p>),
 *     );
 *   }
 */
export function useSessionList(options: SessionListOptions = {}): UseSessionListResult {
  const { people, defaultView = "upcoming" } = options;
  const { now: clock, timeZone, locale } = useCoviu();
  const [filters, setFilters] = useState<SessionFilters>(() => filtersOf(defaultView));
  const [search, setSearch] = useState("");

  const time = useNow()?.getTime();
  const now = useMemo(() => (time === undefined ? undefined : new Date(time)), [time]);
  const today = now && dayOf(now, timeZone);
  const until = now && filters.view === "past" ? endOfHour(now) : undefined;
  // The params change with the day, those of past sessions with the hour. A change drops the pages that are read.
  const params = useMemo(
    () => (today ? listParams(filters, clock(), until, timeZone) : undefined),
    [filters, today, until, clock, timeZone],
  );
  const settings = { enabled: Boolean(params), placeholderData: keepPreviousData };
  const query = useOverlappingSessions(params, settings);
  const everyone = useOverlappingSessions(params && { ...params, state: undefined }, { ...settings, enabled: false });

  const rows = useMemo(() => mergedRows(query.data?.pages), [query.data]);
  const isDuplicate = useMemo(() => duplicateTest(rows), [rows]);
  // Without a filter by person, both queries are the same.
  const others = useMemo(
    () => (everyone.data === query.data ? [] : mergedRows(everyone.data?.pages)),
    [everyone.data, query.data],
  );
  const known = useMemo(() => people ?? clinicians([...others, ...rows], locale), [people, others, rows, locale]);
  const { sessions, changesAt, starting, active } = useMemo(() => {
    if (!now) return noSessions;
    const { sessions, changesAt } = admitted(rows, filters, now, timeZone);
    const active = sessions.filter(({ status }) => status === "active").length;
    return { sessions, changesAt, starting: startingSoon(sessions, now), active };
  }, [rows, filters, now, timeZone]);
  useNow(changesAt?.toISOString());
  // Typing has priority over filtering.
  const deferredSearch = useDeferredValue(search);
  const found = useMemo(() => {
    const words = searchWords(deferredSearch);
    return deferredSearch ? sessions.filter(({ session }) => matchesNames(session, words)) : sessions;
  }, [sessions, deferredSearch]);
  const groups = useMemo(() => byDay(found, filters.view, timeZone), [found, filters.view, timeZone]);

  /** Changes the filters. `custom` days start with the days that are shown. */
  function change({ view, ...changed }: Partial<SessionFilters>): void {
    const before = view ? filtersOf(view, filters.person) : filters;
    const days = now && changed.range === "custom" && daysOf(before, toWallClock(now, timeZone));
    setFilters({ ...before, ...days, ...changed });
  }

  const { hasNextPage, isPlaceholderData } = query;

  return {
    query,
    isStuck: !isPlaceholderData && !hasNextPage && query.data?.pages.at(-1)?.more === true,
    now,
    filters,
    change,
    search,
    setSearch,
    people: known,
    isDuplicate,
    groups,
    count: found.length,
    searched: sessions.length,
    loaded: rows.length,
    starting,
    active,
  };
}

const noSessions = { sessions: [], changesAt: undefined, starting: [], active: 0 };

/** Hosts of the sessions who have a `state`, with the name that was read last. */
function clinicians(rows: readonly Session[], locale: string): ListedPerson[] {
  const names = new Map<string, string | undefined>();
  for (const { participants = [] } of rows) {
    for (const person of participants) {
      if (person.state && !person.deleted_at && isHost(person)) names.set(person.state, person.display_name);
    }
  }
  const compare = textOrder(locale);
  return [...names]
    .map(([state, name]) => ({ state, name: shownName(name) ?? shownName(state) ?? "" }))
    .toSorted((a, b) => compare(a.name, b.name));
}
