import type { ListSessionsParams } from "../../api/requests.ts";
import type { Session } from "../../api/schemas.ts";
import { maxSessionMinutes, type SessionStatus, statusAt } from "../../domain/lifecycle.ts";
import { memoize } from "../../domain/memoize.ts";
import { searchKey } from "../../domain/names.ts";
import { shownName } from "../../domain/roles.ts";
import { timesOf } from "../../domain/sessionTimes.ts";
import { addDays, type CalendarDay, dayOf, isCalendarDay, startOfDay, toWallClock } from "../../domain/wallClock.ts";

/** View of the list. */
export type SessionView = "upcoming" | "active" | "past" | "canceled";

/** Days of the list. `week` and `month` are 7 and 30 days from today, back or ahead. `custom` are typed days. */
export type SessionRange = "today" | "week" | "month" | "custom";

/** Filters of the list. */
export interface SessionFilters {
  view: SessionView;
  /** The `state` of a person who has to be in the session. */
  person?: string | undefined;
  range: SessionRange;
  /** First and last day of the range `custom`. @default no limit */
  from?: CalendarDay | undefined;
  to?: CalendarDay | undefined;
  order: "forward" | "reverse";
}

const hour = 3_600_000;
/** Maximum length of a session in ms. It also covers servers that compare the filter `end_time` with the start. */
const maxSessionMs = maxSessionMinutes * 60_000;
const statuses: Record<SessionView, readonly SessionStatus[]> = {
  upcoming: ["active", "scheduled"],
  active: ["active"],
  past: ["ended"],
  canceled: ["canceled"],
};

/** Initial filters of a view. */
export function filtersOf(view: SessionView, person?: string): SessionFilters {
  return { view, person, range: "week", order: view === "past" ? "reverse" : "forward" };
}

/** First and last day of the filters. Two typed days in the wrong order are swapped. */
export function daysOf(filters: SessionFilters, today: CalendarDay): Pick<SessionFilters, "from" | "to"> {
  const { view, range, from, to } = filters;
  if (range === "custom") return from && to && ordinal(to) < ordinal(from) ? { from: to, to: from } : { from, to };
  const days = { today: 0, week: 7, month: 30 }[range];
  const back = view === "past" || view === "canceled" ? days : 0;
  return { from: addDays(today, -back), to: addDays(today, view === "past" ? 0 : days) };
}

/**
 * Request for the sessions of the filters. Its times do not change with every minute. The API can filter neither by
 * status nor by end, so the response holds more sessions than are shown.
 */
export function listParams(
  filters: SessionFilters,
  now: Date,
  until: number | undefined,
  timeZone: string,
): ListSessionsParams {
  const { from, to } = daysOf(filters, toWallClock(now, timeZone));
  const first = from && Date.parse(startOfDay(from, timeZone));
  const last = to && Date.parse(startOfDay(addDays(to, 1), timeZone)) + maxSessionMs;
  const ahead = filters.view === "upcoming" || filters.view === "active";
  const running = Math.floor(now.getTime() / hour) * hour - maxSessionMs;
  const start = ahead && !(first && first > now.getTime()) ? running : first;
  const end = until ? Math.min(last ?? Infinity, until) : last;
  return {
    page_size: 200,
    order: filters.order,
    state: filters.person,
    ...(start && { start_time: new Date(start).toISOString() }),
    ...(end && { end_time: new Date(end).toISOString() }),
    ...(filters.view === "canceled" && { include_canceled: true }),
  };
}

/** Sessions of all pages, each once. Of a session that was moved between two reads, the last one is used. */
export function mergedRows(pages: readonly { content: readonly Session[] }[] = []): Session[] {
  const rows = new Map<string, Session>();
  for (const row of pages.flatMap(({ content }) => content)) {
    if (rows.get(row.session_id)?.start_time !== row.start_time) rows.set(row.session_id, row);
  }
  return [...rows.values()];
}

/** The end of the running hour, in milliseconds. */
export function endOfHour(now: Date): number {
  return Math.ceil(now.getTime() / hour) * hour;
}

/** A session with its status. */
export interface ListedSession {
  session: Session;
  status: SessionStatus;
}

/** Sessions that match the filters at a time, in order, and the time of the next change of status. */
export function admitted(
  rows: readonly Session[],
  filters: SessionFilters,
  now: Date,
  timeZone: string,
): { sessions: ListedSession[]; changesAt: Date | undefined } {
  const { from, to } = daysOf(filters, toWallClock(now, timeZone));
  const opens = from ? Date.parse(startOfDay(from, timeZone)) : -Infinity;
  const closes = to ? Date.parse(startOfDay(addDays(to, 1), timeZone)) : Infinity;
  const time = now.getTime();
  const sessions: ListedSession[] = [];
  let changesAt = Infinity;
  for (const session of rows) {
    const { start, end } = timesOf(session);
    const { status, changesAt: change = Infinity } = statusAt(session, start, end, time);
    changesAt = Math.min(changesAt, change);
    // An active session may have started on the day before.
    const inDays = start < closes && (start >= opens || (status === "active" && opens <= time));
    if (inDays && isWith(session, filters.person) && statuses[filters.view].includes(status)) {
      sessions.push({ session, status });
    }
  }
  const sign = filters.order === "forward" ? 1 : -1;
  sessions.sort((a, b) => sign * (timesOf(a.session).start - timesOf(b.session).start));
  return { sessions, changesAt: changesAt < Infinity ? new Date(changesAt) : undefined };
}

/** Names of a session and its people, in the form of `searchKey`. */
const searchText = memoize(({ session_name = "", participants = [] }: Session) =>
  [session_name, ...participants.map(({ display_name = "" }) => display_name)].map(searchKey).join(" "),
);

/** Words of a search, in the form of `searchKey`. */
export function searchWords(search: string): readonly string[] {
  return searchKey(shownName(search) ?? "").split(" ");
}

/** Whether every word of a search is part of a name in the session. */
export function matchesNames(session: Session, words: readonly string[]): boolean {
  const text = searchText(session);
  return words.every((word) => text.includes(word));
}

/** Sessions of one day. */
export interface SessionGroup {
  /** Date such as "2026-01-12", or "now" for active sessions. */
  day: string;
  sessions: ListedSession[];
}

/** Groups sessions by day in a time zone. Among upcoming sessions the active ones come first. */
export function byDay(sessions: readonly ListedSession[], view: SessionView, timeZone: string): SessionGroup[] {
  const groups = new Map<string, ListedSession[]>();
  if (view === "upcoming") groups.set("now", []);
  let date = "";
  let [opens, closes] = [0, 0];
  for (const listed of sessions) {
    const { start_time } = listed.session;
    const { start } = timesOf(listed.session);
    // Computations in a time zone are slow, so they run once a day and not once a session.
    if (start < opens || start >= closes) {
      const today = toWallClock(start_time, timeZone);
      const edge = (day: CalendarDay) => (isCalendarDay(day) ? Date.parse(startOfDay(day, timeZone)) : 0);
      [date, opens, closes] = [dayOf(start_time, timeZone), edge(today), edge(addDays(today, 1))];
    }
    const day = view === "upcoming" && listed.status === "active" ? "now" : date;
    const group = groups.get(day) ?? [];
    group.push(listed);
    groups.set(day, group);
  }
  return [...groups].flatMap(([day, listed]) => (listed.length ? [{ day, sessions: listed }] : []));
}

/** Days close to now, with the keys of their names. */
export function daysAround(now: Date, timeZone: string): ReadonlyMap<string, "today" | "tomorrow" | "yesterday"> {
  const today = toWallClock(now, timeZone);
  const day = (days: number) => dayOf(startOfDay(addDays(today, days), timeZone), timeZone);
  return new Map([
    [day(-1), "yesterday"],
    [day(1), "tomorrow"],
    [day(0), "today"],
  ] as const);
}

function isWith({ participants }: Session, person: string | undefined): boolean {
  return !person || !participants || participants.some(({ state }) => state === person);
}

function ordinal({ year, month, day }: CalendarDay): number {
  return Date.UTC(year, month - 1, day);
}
