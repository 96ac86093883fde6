import type { Session } from "../../api/schemas.ts";
import type { Clash } from "../../domain/clashes.ts";
import type { SessionField } from "../../domain/sessionFields.ts";
import { type BookingForm, type BookingFormOptions, useBookingForm } from "./useBookingForm.ts";
import { useClash } from "./useClash.ts";
import { type EditForm, useEditForm } from "./useEditForm.ts";

export interface SessionSchedulerOptions extends BookingFormOptions {
  /** Session to change. @default none: the form books a new session */
  sessionId?: string | undefined;
  /** Called once the session is booked or saved, with the fields that another user had changed meanwhile. */
  onScheduled?: ((session: Session, theirChanges: readonly SessionField[]) => void) | undefined;
}

/** Session in which a host is at the typed time. */
export interface SessionClash extends Clash {
  session: Session;
}

/** State of a form that books a session (`kind: "booking"`) or changes one (`kind: "edit"`). */
export type UseSessionSchedulerResult = (BookingForm | EditForm) & {
  /** Session in which a host of this one is at that time. Only sessions that have been read are compared. */
  clash: SessionClash | undefined;
};

/**
 * State of a form that books a session, or changes one if there is a `sessionId`: the typed fields, the instants they
 * stand for, their problems, and the request.
 *
 * @example
 *   function NameAndBook() {
 *     const form = useSessionScheduler({ defaultStart: "2026-08-03T00:00:00Z" });
 *     return (
 *       <>
 *         <input value={form.draft.name} onChange={(event) => form.change({ name: event.target.value })} />
 *         <button disabled={form.busy} onClick={form.submit}>
 *           Book
 *         </button>
 *         {form.kind === "booking" && form.unconfirmed && <button onClick={form.unconfirmed.check}>Check again</button>}
 *       </>
 *     );
 *   }
 */
export function useSessionScheduler(options: SessionSchedulerOptions = {}): UseSessionSchedulerResult {
  const { sessionId, onScheduled, ...booking } = options;
  const bookingForm = useBookingForm(booking, (session) => onScheduled?.(session, []));
  const editForm = useEditForm(sessionId, (session, theirChanges) => onScheduled?.(session, theirChanges));
  const { form, planned } = sessionId === undefined ? bookingForm : editForm;
  return { ...form, clash: useClash(planned, sessionId) };
}
