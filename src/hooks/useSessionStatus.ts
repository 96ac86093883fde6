import { sessionStatus, type SessionTimes } from "../domain/lifecycle.ts";
import { useNow } from "./useNow.ts";

/**
 * Status of a session. It changes by itself when the session starts and ends. `undefined` until hydrated.
 *
 * @example
 * const status = useSessionStatus(session);
 */
export function useSessionStatus(session: SessionTimes | undefined): ReturnType<typeof sessionStatus> | undefined {
  const now = useNow(session?.start_time, session?.end_time);
  return session && now && sessionStatus(session, now);
}
