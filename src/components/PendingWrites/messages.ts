import type { Operation } from "../../api/operations.ts";
import { checkAgainText } from "../Failure/messages.ts";

/** Texts of a write, by its operation. */
type ByOperation = Partial<Record<Operation, string>>;

/** Formatted description of a write. `booking` is set for a booking only. */
export interface WriteValues {
  operation: Operation;
  booking: { name: string; day: string; time: string } | undefined;
}

/** Texts for pending writes whose form is closed. */
export interface PendingWritesMessages {
  what: (values: WriteValues) => string;
  /** Pending, and being checked. */
  sending: string;
  checking: string;
  unknown: string;
  unknownBody: string;
  notFound: string;
  checkAgain: string;
  /** Confirmed after the check had ended. */
  confirmed: string;
  confirmedDuplicate: string;
  confirmedDuplicateBody: string;
  done: string;
  refused: string;
  interrupted: (values: { time: string; day: string | undefined }) => string;
  interruptedBody: string;
  untitled: string;
  show: string;
  dismiss: string;
}

const names: ByOperation = {
  createSession: "A booking",
  updateSession: "A change of a session",
  deleteSession: "Canceling a session",
  addSessionParticipant: "Adding a person",
  updateSessionParticipant: "A change of a person",
  deleteSessionParticipant: "Removing a person",
};

export const pendingWritesMessages: PendingWritesMessages = {
  what: ({ operation, booking }) => {
    const name = names[operation] ?? "A change";
    return booking ? `${name}: ${booking.name}, ${booking.day}, ${booking.time}.` : `${name}.`;
  },
  sending: "Still on its way",
  checking: "Still checking whether it was done",
  unknown: "We couldn’t confirm this",
  unknownBody: "No answer came, so it may or may not have been done.",
  notFound: "We looked again, and it isn’t there so far.",
  checkAgain: checkAgainText,
  confirmed: "Done after all",
  confirmedDuplicate: "This may be booked twice",
  confirmedDuplicateBody: "It turned up after it was booked again. Look at both, and cancel one of them.",
  done: "Done",
  refused: "This was not done",
  interrupted: ({ time, day }) =>
    `A booking started at ${time}${day ? `, ${day},` : ""} was not confirmed before the page was left`,
  interruptedBody: "It may or may not be booked. Look for it in the list before you book it again.",
  untitled: "session without a name",
  show: "Show it",
  dismiss: "Dismiss",
};
