import { type SessionStatus, sessionStatus, type SessionTimes } from "../domain/lifecycle.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { useHydrated } from "./useHydrated.ts";
import { useNow } from "./useNow.ts";

/** The status of a session, which changes by itself at the right second. `undefined` until hydrated. */
export function useSessionStatus(
  session: SessionTimes | undefined,
): { status: SessionStatus; changesAt: Date | undefined } | undefined {
  const { now } = useCoviu();
  const hydrated = useHydrated();
  const current = session && hydrated ? sessionStatus(session, now()) : undefined;
  useNow(current?.changesAt);
  return current;
}
