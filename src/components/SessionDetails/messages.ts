import type { RuleReason, SessionStatus } from "../../domain/lifecycle.ts";
import { durationText } from "../time/durationText.ts";

/** Texts of one session. Times, days and names come in as they are to be shown. */
export interface SessionDetailsMessages {
  back: string;
  loading: string;
  failed: string;
  untitled: string;
  statuses: Record<SessionStatus, string>;
  startsIn: (minutes: number) => string;
  left: (minutes: number) => string;
  endedAgo: (minutes: number) => string;
  startsOn: (days: number) => string;
  endedOn: (days: number) => string;
  /** `day` is left out where it was today. */
  canceledAt: (values: { time: string; day: string | undefined }) => string;
  duration: (minutes: number) => string;
  day: (values: { day: string; city: string; zone: string }) => string;
  /** The time where the reader is; `day` only where it is another one. */
  elsewhere: (values: { times: string; day: string | undefined; city: string; zone: string }) => string;
  flags: (count: number) => string;
  join: string;
  joinName: (name: string) => string;
  reschedule: string;
  changeEnd: string;
  cancel: string;
  bookAgain: string;
  joinLater: (start: string) => string;
  cannotCancel: (end: string) => string;
  cannotMove: string;
  bookInstead: string;
  over: string;
  overForGood: string;
  canceledDone: (name: string) => string;
  /** Someone else was faster. */
  canceledBefore: (name: string) => string;
  moved: (name: string) => string;
  /** Two sessions of one name, time and people. */
  duplicateTitle: string;
  duplicateBody: (values: { name: string; day: string; time: string }) => string;
  duplicateCancel: string;

  confirmTitle: string;
  /** `people` is empty where nobody is invited. */
  confirmBody: (values: { name: string; people: string; day: string; times: string }) => string;
  /** After three names, the last part of the list: "57 others". */
  others: (count: number) => string;
  keep: string;
  canceling: string;
  confirm: (values: { start: string; people: string }) => string;
  /** Why it can no longer be canceled. */
  refused: Record<RuleReason, string>;
}

export const sessionDetailsMessages: SessionDetailsMessages = {
  back: "All sessions",
  loading: "Loading session…",
  failed: "This session could not be shown",
  untitled: "Session without a name",
  statuses: { scheduled: "Scheduled", active: "Active", ended: "Ended", canceled: "Canceled" },
  startsIn: (minutes) => `Starts in ${durationText(minutes)}`,
  left: (minutes) => `${durationText(minutes)} left`,
  endedAgo: (minutes) => (minutes < 1 ? "Just now" : `${durationText(minutes)} ago`),
  startsOn: (days) => ["Starts today", "Starts tomorrow"][days] ?? `Starts in ${days} days`,
  endedOn: (days) => ["Earlier today", "Yesterday"][days] ?? `${days} days ago`,
  canceledAt: ({ time, day }) => `At ${time}${day ? `, ${day}` : " today"}`,
  duration: durationText,
  day: ({ day, city, zone }) => `${day}, ${city}${zone === city ? "" : ` (${zone})`}`,
  elsewhere: ({ times, day, city, zone }) =>
    `${day ? `${day}, ` : ""}${times} in ${city}${zone === city ? "" : ` (${zone})`}`,
  flags: (count) => `Feature flags: ${count}`,
  join: "Join",
  joinName: (name) => `Join ${name}`,
  reschedule: "Reschedule",
  changeEnd: "Change end",
  cancel: "Cancel session",
  bookAgain: "Book again",
  joinLater: (start) => `You can join from ${start}, when the session starts.`,
  cannotCancel: (end) => `A session that has started can’t be canceled. It ends by itself at ${end}.`,
  cannotMove: "This session has ended, so it can’t be moved.",
  bookInstead: "Book it again instead.",
  over: "Nobody can join a canceled session. Booking again makes new links.",
  overForGood: "Nobody can join a canceled session.",
  canceledDone: (name) => `${name} canceled`,
  canceledBefore: (name) => `${name} had already been canceled`,
  moved: (name) => `${name} saved`,
  duplicateTitle: "This session is booked twice",
  duplicateBody: ({ name, day, time }) =>
    `There are two sessions “${name}” on ${day}, ${time}, with the same people. Cancel one of them, and send the links of the other.`,
  duplicateCancel: "Cancel one of them",

  confirmTitle: "Cancel this session?",
  confirmBody: ({ name, people, day, times }) =>
    `${name}${people && ` with ${people}`}, ${day}, ${times}. Nobody will be able to join, and this can’t be undone. No message is sent: let people know yourself. You can book it again later, with new links.`,
  others: (count) => `${count} ${count === 1 ? "other" : "others"}`,
  keep: "Keep session",
  canceling: "Canceling…",
  confirm: ({ start, people }) => `Cancel ${start}${people && ` with ${people}`}`,
  refused: {
    canceled: "This session has already been canceled.",
    ended: "This session has ended, so it can’t be canceled.",
    started: "This session has started, so it can’t be canceled any more.",
    "not-started": "",
  },
};
