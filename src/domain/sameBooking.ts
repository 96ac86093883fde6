import { timeOf } from "../api/instants.ts";
import type { ParticipantCreationRequest, SessionCreationRequest, SessionUpdateRequest } from "../api/requests.ts";
import type { Participant, Session } from "../api/schemas.ts";
import { isSameValue } from "../api/sentFields.ts";
import { presentPeople } from "./roles.ts";

/** Whether a session is what was asked for: the same times and name, and people of the same names and roles. */
export function isBookingOf(session: Session, request: SessionCreationRequest): boolean {
  const { participants, start_time, end_time, session_name = "" } = request;
  return (
    hasFields(session, { start_time, end_time, session_name }) &&
    rosterOf(presentPeople(session.participants)) === rosterOf(participants)
  );
}

/** Whether a session or a person has all of these values; times are compared as instants. */
export function hasFields(
  record: Session | Participant,
  fields: SessionUpdateRequest | ParticipantCreationRequest,
): boolean {
  const values: Record<string, unknown> = { ...record };
  return Object.entries(fields).every(
    ([name, value]) => value === undefined || isSameValue(name, values[name] ?? "", value),
  );
}

/** Who is in it, by name and role, in whatever order. */
export function rosterOf(people: readonly ParticipantCreationRequest[] = []): string {
  return JSON.stringify(
    people.map(({ display_name = "", role = "GUEST" }) => display_name + role.toUpperCase()).toSorted(),
  );
}

/** The list in which a booking would stand, wide enough for either way in which the API reads the filter for the end. */
export function windowOf({ start_time, end_time }: SessionCreationRequest) {
  return { start_time, end_time: new Date(timeOf(end_time) + 60_000).toISOString(), page_size: 200 };
}
