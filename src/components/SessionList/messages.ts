import type { DatePart } from "../../domain/typedTime.ts";
import { durationText } from "../time/durationText.ts";
import type { SessionRange, SessionView } from "./filters.ts";

export { durationText };

/** Texts of the list of sessions. Counts, times and names are parameters. */
export interface SessionListMessages {
  label: string;
  filters: string;
  views: Record<SessionView, string>;
  search: string;
  person: string;
  everyone: string;
  dates: string;
  ranges: (view: SessionView) => Record<SessionRange, string>;
  from: string;
  to: string;
  dateParts: Record<DatePart, string>;
  noSuchDay: string;
  /** For a year that is not of the Gregorian calendar, or not written out. */
  wholeYear: string;
  order: string;
  orders: Record<"forward" | "reverse", string>;
  loading: string;
  /** `complete` is false while there is more to load. */
  count: (values: { view: SessionView; count: number; complete: boolean }) => string;
  updated: (minutes: number) => string;
  stale: (values: { minutes: number; time: string }) => string;
  refresh: string;
  more: string;
  /** Navigation between pages of the loaded rows. */
  pages: string;
  previous: string;
  next: string;
  shown: (values: { from: number; to: number; count: number }) => string;
  /** Shown if reading ended although the service announces more sessions. */
  incomplete: { title: string; body: string };
  /** Announcement five minutes and one minute before sessions start. */
  startsSoon: (values: { names: string[]; minutes: number }) => string;
  now: string;
  today: string;
  tomorrow: string;
  yesterday: string;
  inGroup: (count: number) => string;
  untitled: string;
  unnamed: string;
  noGuests: string;
  noHost: string;
  /** Text for screen readers before the names of a row's hosts. */
  hostedBy: string;
  /** Shown on a session with the name, times and people of another one. */
  duplicate: string;
  others: (count: number) => string;
  /** Between two names of a row. */
  separator: string;
  duration: (minutes: number) => string;
  startsIn: (minutes: number) => string;
  timeLeft: (minutes: number) => string;
  endedAgo: (minutes: number) => string;
  canceled: string;
  /** Shown if there is no session and no filter. */
  firstUse: { title: string; hint: string };
  empty: Record<SessionView, { title: string; hint: string }>;
  /** Shown if there are more sessions than were read. */
  emptySoFar: (view: SessionView) => { title: string; hint: string };
  unmatched: (values: { view: SessionView; search: string }) => string;
  searched: (values: { view: SessionView; count: number }) => string;
  unmatchedHint: string;
  clearSearch: string;
  clearFilters: string;
}

export const sessionListMessages: SessionListMessages = {
  label: "Sessions",
  filters: "Filter sessions",
  views: { upcoming: "Upcoming", active: "Active", past: "Past", canceled: "Canceled" },
  search: "Search names",
  person: "Clinician",
  everyone: "All clinicians",
  dates: "Dates",
  ranges: (view) => ({
    today: "Today",
    week: rangeText(view, 7),
    month: rangeText(view, 30),
    custom: "Choose dates…",
  }),
  from: "First day",
  to: "Last day",
  dateParts: { day: "Day", month: "Month", year: "Year" },
  noSuchDay: "There is no such day",
  wholeYear: "Enter a year such as 2026",
  order: "Order",
  orders: { forward: "Earliest first", reverse: "Latest first" },
  loading: "Loading sessions…",
  count: ({ view, count, complete }) => `${sessions(count, view)}${complete ? "" : " so far"}`,
  updated: (minutes) => (minutes < 1 ? "Updated just now" : `Updated ${minutes} min ago`),
  stale: ({ minutes, time }) =>
    `Last updated ${minutes < 1 ? "just now" : `${minutes} ${minutes === 1 ? "minute" : "minutes"} ago`}, at ${time}`,
  refresh: "Refresh",
  more: "Load more",
  pages: "Pages of sessions",
  previous: "Previous",
  next: "Next",
  shown: ({ from, to, count }) => `Showing ${from} to ${to} of ${count}`,
  incomplete: {
    title: "This list may be incomplete",
    body: "The service says there are more sessions, but doesn’t send them. Refresh, or choose fewer days.",
  },
  startsSoon: ({ names, minutes }) =>
    `${names.length > 3 ? sessions(names.length) : names.join(", ")} ${names.length === 1 ? "starts" : "start"} in ${minutes} ${minutes === 1 ? "minute" : "minutes"}`,
  now: "Happening now",
  today: "Today",
  tomorrow: "Tomorrow",
  yesterday: "Yesterday",
  inGroup: (count) => sessions(count),
  untitled: "Session without a name",
  unnamed: "Person without a name",
  noGuests: "No guests yet",
  noHost: "No host yet",
  hostedBy: "Host:",
  duplicate: "May be booked twice",
  others: (count) => `+${count}`,
  separator: ", ",
  duration: durationText,
  startsIn: (minutes) => `in ${durationText(minutes)}`,
  timeLeft: (minutes) => `${durationText(minutes)} left`,
  endedAgo: (minutes) => (minutes < 1 ? "just now" : `${durationText(minutes)} ago`),
  canceled: "Canceled",
  firstUse: {
    title: "No sessions yet",
    hint: "Nothing is booked for the next 7 days. Each person you add to a session gets their own entry link.",
  },
  empty: {
    upcoming: { title: "No upcoming sessions", hint: "Nothing is booked for the next 7 days." },
    active: { title: "No session is running", hint: "Sessions show here from their start to their end." },
    past: {
      title: "No past sessions",
      hint: "No session ended in the last 7 days. Choose other dates to look further back.",
    },
    canceled: { title: "No canceled sessions", hint: "Canceled sessions stay here, so that they can be booked again." },
  },
  emptySoFar: (view) => ({
    title: `No ${view} session so far`,
    hint: "Not every session of these days has been read.",
  }),
  unmatched: ({ view, search }) =>
    search ? `No ${view} session matches “${search}”` : `No ${view} session matches these filters`,
  searched: ({ view, count }) =>
    `Searched the names in ${sessions(count, "loaded")}. Check the spelling, or look in ${view === "past" ? "Upcoming" : "Past"}.`,
  unmatchedHint: "Choose other dates or another clinician.",
  clearSearch: "Clear search",
  clearFilters: "Clear filters",
};

function sessions(count: number, kind = ""): string {
  return [count, kind, count === 1 ? "session" : "sessions"].filter((part) => part !== "").join(" ");
}

function rangeText(view: SessionView, days: number): string {
  if (view === "canceled") return `${days} days back and ahead`;
  return `${view === "past" ? "Last" : "Next"} ${days} days`;
}
