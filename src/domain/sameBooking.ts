import { timeOf } from "../api/instants.ts";
import type { ParticipantCreationRequest, SessionCreationRequest, SessionUpdateRequest } from "../api/requests.ts";
import type { Participant, Session } from "../api/schemas.ts";
import { isSameValue } from "../api/sentFields.ts";
import { nameKey, sentForm } from "./names.ts";
import { presentPeople } from "./roles.ts";

/**
 * Whether a session is the one that was asked for: the same times and name, and people of the same names and roles. For
 * two sessions that a reader would take for one booking, see `areDuplicates`.
 */
export function isBookingOf(session: Session, request: SessionCreationRequest): boolean {
  const { participants, start_time, end_time, session_name = "" } = request;
  return (
    hasFields(session, { start_time, end_time, session_name }) &&
    rosterOf(presentPeople(session.participants), sentForm) === rosterOf(participants, sentForm)
  );
}

/**
 * Whether a session or a person has all of the values that were sent. They are compared as `isSameValue`
 * does: letter case counts.
 */
export function hasFields(
  record: Session | Participant,
  fields: SessionUpdateRequest | ParticipantCreationRequest,
): boolean {
  const values: Record<string, unknown> = { ...record };
  return Object.entries(fields).every(
    ([name, value]) => value === undefined || isSameValue(name, values[name] ?? "", value),
  );
}

/** The people of a session by role and name, in any order; `form` is how names are compared. */
export function rosterOf(
  people: readonly ParticipantCreationRequest[] = [],
  form: (name: string) => string = nameKey,
): string {
  return JSON.stringify(
    people.map(({ display_name = "", role = "GUEST" }) => `${role.toUpperCase()} ${form(display_name)}`).toSorted(),
  );
}

/** The list in which a booking would stand, wide enough for either way in which the API reads the filter for the end. */
export function windowOf({ start_time, end_time }: SessionCreationRequest) {
  return { start_time, end_time: new Date(timeOf(end_time) + 60_000).toISOString(), page_size: 200 };
}
