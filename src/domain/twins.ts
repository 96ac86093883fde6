import { timeOf } from "../api/instants.ts";
import type { Participant, Session } from "../api/schemas.ts";
import { nameKey } from "./names.ts";
import { presentPeople } from "./roles.ts";
import { rosterOf } from "./sameBooking.ts";

/**
 * Whether two sessions look like one booking that was made twice: the same times, names and people, neither canceled.
 * Names are compared by `nameKey`.
 */
export function areTwins(a: Session, b: Session): boolean {
  if (a.session_id === b.session_id || a.canceled_time || b.canceled_time || !a.participants || !b.participants) {
    return false;
  }
  return bookingKey(a, a.participants) === bookingKey(b, b.participants);
}

/** The same for two sessions that look like one booking. */
function bookingKey({ session_name, start_time, end_time }: Session, participants: readonly Participant[]): string {
  return JSON.stringify([
    nameKey(session_name),
    timeOf(start_time),
    timeOf(end_time),
    rosterOf(presentPeople(participants)),
  ]);
}

/** The sessions of a list that have a twin in it, however many start at once. */
export function twinsIn(sessions: readonly Session[]): ReadonlySet<Session> {
  const first = new Map<string, Session>();
  const twins = new Set<Session>();
  for (const session of sessions) {
    const { participants, canceled_time } = session;
    if (canceled_time || !participants) continue;
    const key = bookingKey(session, participants);
    const other = first.get(key) ?? session;
    first.set(key, other);
    if (other.session_id !== session.session_id) twins.add(other).add(session);
  }
  return twins;
}
