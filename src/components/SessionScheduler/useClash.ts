import type { Session } from "../../api/schemas.ts";
import { type Booking, type Clash, clashOf } from "../../domain/clashes.ts";
import { useCachedSession } from "../../hooks/useCachedSession.ts";

/** Finds a session in the cache in which a host of the booking is at that time. Skips the session being changed. */
export function useClash(
  booking: Booking | undefined,
  sessionId: string | undefined,
): (Clash & { session: Session }) | undefined {
  const found = (row: Session) => (booking && row.session_id !== sessionId ? clashOf(booking, row) : undefined);
  const session = useCachedSession((row) => found(row) !== undefined);
  const clash = session && found(session);
  return clash && { ...clash, session };
}
