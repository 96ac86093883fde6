import { sessionStatus, type SessionTimes } from "../domain/lifecycle.ts";
import { useNow } from "./useNow.ts";

/** The status of a session, which changes by itself at the right second. `undefined` until hydrated. */
export function useSessionStatus(session: SessionTimes | undefined): ReturnType<typeof sessionStatus> | undefined {
  const now = useNow(session?.start_time, session?.end_time);
  return session && now && sessionStatus(session, now);
}
