import { timeOf } from "../api/instants.ts";
import type { ParticipantCreationRequest, SessionCreationRequest, SessionUpdateRequest } from "../api/requests.ts";
import type { Participant, Session } from "../api/schemas.ts";
import { isSameValue } from "../api/sentFields.ts";
import { nameKey, sentForm } from "./names.ts";
import { presentPeople } from "./roles.ts";

/** Delays before each check for a write whose response was lost, in ms. The service may still be processing it. */
export const checkDelaysMs: readonly number[] = [0, 2000, 4000];

/**
 * Whether a session is the result of a request: same times and name, and people with the same names and roles. For duplicates
 * among sessions, see `areDuplicates`.
 */
export function isBookingOf(session: Session, request: SessionCreationRequest): boolean {
  const { participants, start_time, end_time, session_name = "" } = request;
  return (
    hasFields(session, { start_time, end_time, session_name }) &&
    rosterOf(presentPeople(session.participants), sentForm) === rosterOf(participants, sentForm)
  );
}

/**
 * Whether a session or a person has all values that were sent. They are compared by `isSameValue`. Letter case counts.
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

/**
 * Returns a key of the people of a session by role and name, in any order.
 *
 * @param form Form in which names are compared. @default nameKey
 */
export function rosterOf(
  people: readonly ParticipantCreationRequest[] = [],
  form: (name: string) => string = nameKey,
): string {
  return JSON.stringify(
    people.map(({ display_name = "", role = "GUEST" }) => `${role.toUpperCase()} ${form(display_name)}`).toSorted(),
  );
}

/** Returns the filters of a list that contains a booking, for either meaning of the API's filter for the end. */
export function windowOf({ start_time, end_time }: SessionCreationRequest) {
  return { start_time, end_time: new Date(timeOf(end_time) + 60_000).toISOString(), page_size: 200 };
}
