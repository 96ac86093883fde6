import type { Session } from "../api/schemas.ts";
import { presentPeople } from "./roles.ts";
import { isBookingOf } from "./sameBooking.ts";

/** Whether two sessions look like one booking that was made twice: the same name, times and people, both to be held. */
export function areTwins(a: Session, b: Session): boolean {
  if (a.session_id === b.session_id || a.canceled_time || b.canceled_time || !a.participants || !b.participants) {
    return false;
  }
  return isBookingOf(a, { ...b, participants: presentPeople(b.participants) });
}

/** The sessions of a list that have a twin in it. */
export function twinsIn(sessions: readonly Session[]): ReadonlySet<Session> {
  const byStart = new Map<string, Session[]>();
  for (const session of sessions) {
    const { start_time } = session;
    byStart.set(start_time, [...(byStart.get(start_time) ?? []), session]);
  }
  return new Set(sessions.filter((a) => byStart.get(a.start_time)?.some((b) => areTwins(a, b))));
}
