import type { Session } from "../../api/schemas.ts";
import { type Booking, type Clash, clashOf } from "../../domain/clashes.ts";
import { useCachedSession } from "../../hooks/useCachedSession.ts";

/** A session that has been read and keeps a host of the booking busy then; not the one that is being changed. */
export function useClash(
  booking: Booking | undefined,
  sessionId: string | undefined,
): (Clash & { session: Session }) | undefined {
  const found = (row: Session) => (booking && row.session_id !== sessionId ? clashOf(booking, row) : undefined);
  const session = useCachedSession((row) => found(row) !== undefined);
  const clash = session && found(session);
  return clash && { ...clash, session };
}
