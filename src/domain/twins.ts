import { timeOf } from "../api/instants.ts";
import type { Session } from "../api/schemas.ts";
import { presentPeople } from "./roles.ts";
import { isBookingOf, rosterOf } from "./sameBooking.ts";

/** Whether two sessions look like one booking that was made twice: the same name, times and people, both to be held. */
export function areTwins(a: Session, b: Session): boolean {
  if (a.session_id === b.session_id || a.canceled_time || b.canceled_time || !a.participants || !b.participants) {
    return false;
  }
  return isBookingOf(a, { ...b, participants: presentPeople(b.participants) });
}

/** The sessions of a list that have a twin in it, however many start at once. */
export function twinsIn(sessions: readonly Session[]): ReadonlySet<Session> {
  const first = new Map<string, Session>();
  const twins = new Set<Session>();
  for (const session of sessions) {
    const { session_name = "", start_time, end_time, participants, canceled_time } = session;
    if (canceled_time || !participants) continue;
    const times = [timeOf(start_time), timeOf(end_time)];
    const key = JSON.stringify([session_name, times, rosterOf(presentPeople(participants))]);
    const other = first.get(key) ?? session;
    first.set(key, other);
    if (other.session_id !== session.session_id) twins.add(other).add(session);
  }
  return twins;
}
