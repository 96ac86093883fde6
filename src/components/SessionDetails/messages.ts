import type { SessionStatus } from "../../domain/lifecycle.ts";
import { type CancelSessionMessages, cancelSessionMessages } from "../cancelSession/messages.ts";
import { type DuplicateMessages, duplicateMessages } from "../duplicates/messages.ts";
import { durationText } from "../time/durationText.ts";

/** Texts of `SessionDetails`. Times, days and names are values that are already formatted. */
export interface SessionDetailsMessages extends CancelSessionMessages, DuplicateMessages {
  back: string;
  loading: string;
  failed: string;
  statuses: Record<SessionStatus, string>;
  startsIn: (minutes: number) => string;
  timeLeft: (minutes: number) => string;
  endedAgo: (minutes: number) => string;
  startsOn: (days: number) => string;
  endedOn: (days: number) => string;
  /** `day` is undefined if it was today. */
  canceledAt: (values: { time: string; day: string | undefined }) => string;
  duration: (minutes: number) => string;
  day: (values: { day: string; city: string; zone: string }) => string;
  /** Times in the user's zone. `day` is set if it is another day there. */
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
  joinCanceled: string;
  joinCanceledForGood: string;
  canceledDone: (name: string) => string;
  /** Shown if another user was faster. */
  canceledBefore: (name: string) => string;
  moved: (name: string) => string;
}

export const sessionDetailsMessages: SessionDetailsMessages = {
  ...cancelSessionMessages,
  ...duplicateMessages,
  back: "All sessions",
  loading: "Loading session…",
  failed: "This session could not be shown",
  statuses: { scheduled: "Scheduled", active: "Active", ended: "Ended", canceled: "Canceled" },
  startsIn: (minutes) => `Starts in ${durationText(minutes)}`,
  timeLeft: (minutes) => `${durationText(minutes)} left`,
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
  joinCanceled: "Nobody can join a canceled session. Booking again makes new links.",
  joinCanceledForGood: "Nobody can join a canceled session.",
  canceledDone: (name) => `${name} canceled`,
  canceledBefore: (name) => `${name} had already been canceled`,
  moved: (name) => `${name} saved`,
};
