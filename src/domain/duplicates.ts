import { timeOf } from "../api/instants.ts";
import type { Session } from "../api/schemas.ts";
import { memoize } from "./memoize.ts";
import { nameKey } from "./names.ts";
import { presentPeople } from "./roles.ts";
import { rosterOf } from "./sameBooking.ts";

/**
 * Whether two sessions are probably one booking made twice: same times, name and people, and neither is canceled. Names are
 * compared by `nameKey`.
 */
export function areDuplicates(a: Session, b: Session): boolean {
  if (a.session_id === b.session_id || a.canceled_time || b.canceled_time || !a.participants || !b.participants) {
    return false;
  }
  return bookingKey(a) === bookingKey(b);
}

/** Returns the sessions of a list that have a duplicate in the same list. Runs in linear time. */
export function duplicatesIn(sessions: readonly Session[]): ReadonlySet<Session> {
  const firstByKey = new Map<string, Session>();
  const duplicates = new Set<Session>();
  for (const session of sessions) {
    const { participants, canceled_time } = session;
    if (canceled_time || !participants) continue;
    const key = bookingKey(session);
    const first = firstByKey.get(key) ?? session;
    firstByKey.set(key, first);
    if (first.session_id !== session.session_id) duplicates.add(first).add(session);
  }
  return duplicates;
}

/** Returns a key that is equal for duplicates. */
const bookingKey = memoize(({ session_name, start_time, end_time, participants }: Session) =>
  JSON.stringify([nameKey(session_name), timeOf(start_time), timeOf(end_time), rosterOf(presentPeople(participants))]),
);
