import type { Session } from "../api/schemas.ts";
import { memoize } from "./memoize.ts";
import { nameKey } from "./names.ts";
import { presentPeople } from "./roles.ts";
import { rosterOf } from "./sameBooking.ts";
import { timesOf } from "./sessionTimes.ts";

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

/**
 * Returns a function that checks whether a session of a list has a duplicate in it. Keys of bookings are built for sessions
 * that are asked about and for those that start at the same time, not for the whole list.
 */
export function duplicateTest(sessions: readonly Session[]): (session: Session) => boolean {
  const byStart = new Map<number, Session[]>();
  for (const session of sessions) {
    const { start } = timesOf(session);
    const others = byStart.get(start);
    if (others) others.push(session);
    else byStart.set(start, [session]);
  }
  const duplicatesAmong = memoize(duplicatesIn);
  return (session) => {
    const others = byStart.get(timesOf(session).start);
    return others !== undefined && duplicatesAmong(others).has(session);
  };
}

/** Returns a key that is equal for duplicates. */
const bookingKey = memoize((session: Session) => {
  const { start, end } = timesOf(session);
  return JSON.stringify([nameKey(session.session_name), start, end, rosterOf(presentPeople(session.participants))]);
});
