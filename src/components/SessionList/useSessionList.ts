import { keepPreviousData } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import type { Session } from "../../api/schemas.ts";
import { duplicatesIn } from "../../domain/duplicates.ts";
import { textOrder } from "../../domain/intl.ts";
import { hosts, shownName } from "../../domain/roles.ts";
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
  type SessionFilters,
  type SessionView,
} from "./filters.ts";
import { startingSoon } from "./startingSoon.ts";

export type { ListedPerson };

export interface SessionListOptions {
  /** The people to filter by; those hosts of the loaded sessions that have a `state` if left out. */
  people?: readonly ListedPerson[] | undefined;
  /** View at the start. @default "upcoming" */
  defaultView?: SessionView | undefined;
}

/** The sessions of one view by day, with filters, search and paging: everything `SessionList` shows. */
export function useSessionList({ people, defaultView = "upcoming" }: SessionListOptions = {}) {
  const { now: clock, timeZone, locale } = useCoviu();
  const [filters, setFilters] = useState<SessionFilters>(() => filtersOf(defaultView));
  const [search, setSearch] = useState("");

  const now = useNow();
  const today = now && dayOf(now, timeZone);
  const until = now && filters.view === "past" ? endOfHour(now) : undefined;
  // Asked anew with the day, and past sessions with the hour: not with every minute, which would lose what is loaded.
  const params = useMemo(
    () => (today ? listParams(filters, clock(), until, timeZone) : undefined),
    [filters, today, until, clock, timeZone],
  );
  const settings = { enabled: Boolean(params), placeholderData: keepPreviousData };
  const query = useOverlappingSessions(params, settings);
  const everyone = useOverlappingSessions(params && { ...params, state: undefined }, { ...settings, enabled: false });

  const rows = useMemo(() => mergedRows(query.data?.pages), [query.data]);
  const duplicates = useMemo(() => duplicatesIn(rows), [rows]);
  const known = useMemo(
    () => people ?? clinicians([...mergedRows(everyone.data?.pages), ...rows], locale),
    [people, everyone.data, rows, locale],
  );
  const { sessions, changesAt } = now ? admitted(rows, filters, now, timeZone) : { sessions: [], changesAt: undefined };
  useNow(changesAt?.toISOString());
  const found = search ? sessions.filter(({ session }) => matchesNames(session, search)) : sessions;

  /** Changes some of the filters. Another view begins with its own dates and order, typed dates with those shown. */
  function change({ view, ...changed }: Partial<SessionFilters>): void {
    const before = view ? filtersOf(view, filters.person) : filters;
    const days = now && changed.range === "custom" && daysOf(before, toWallClock(now, timeZone));
    setFilters({ ...before, ...days, ...changed });
  }

  const { hasNextPage, isPlaceholderData } = query;

  return {
    query,
    /** Whether reading ended although the server promised more. */
    isStuck: !isPlaceholderData && !hasNextPage && query.data?.pages.at(-1)?.more === true,
    /** `undefined` until hydrated. */
    now,
    filters,
    change,
    search,
    setSearch,
    people: known,
    /** Those of all that were read which seem to be booked twice. */
    duplicates,
    /** What is shown, by day. */
    groups: byDay(found, filters.view, timeZone),
    /** Number of sessions shown. */
    count: found.length,
    /** Number of sessions that the search looked through. */
    searched: sessions.length,
    /** Number of sessions that were read, also those of other views. */
    loaded: rows.length,
    /** What starts in five minutes or in one. */
    starting: now ? startingSoon(sessions, now) : [],
    /** Number of sessions that run, where the view holds them all. */
    active: sessions.filter(({ status }) => status === "active").length,
  };
}

function clinicians(rows: readonly Session[], locale: string): ListedPerson[] {
  const names = new Map<string, string>();
  for (const { participants } of rows) {
    for (const { state, display_name } of hosts(participants))
      if (state) names.set(state, shownName(display_name) ?? shownName(state) ?? "");
  }
  const compare = textOrder(locale);
  return [...names].map(([state, name]) => ({ state, name })).toSorted((a, b) => compare(a.name, b.name));
}
