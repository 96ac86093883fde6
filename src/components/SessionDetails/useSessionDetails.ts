import type { Session } from "../../api/schemas.ts";
import { areDuplicates } from "../../domain/duplicates.ts";
import type { SessionStatus } from "../../domain/lifecycle.ts";
import { useCachedSession } from "../../hooks/useCachedSession.ts";
import { useNow } from "../../hooks/useNow.ts";
import { useSessionStatus } from "../../hooks/useSessionStatus.ts";
import { type SessionCancellation, useSessionCancellation } from "../cancelSession/useSessionCancellation.ts";

/** Result of `useSessionDetails`. */
export interface UseSessionDetailsResult extends SessionCancellation {
  /** `undefined` until the session is read and the page is hydrated. */
  status: SessionStatus | undefined;
  /** Time of the provider. `undefined` until hydrated. */
  now: Date | undefined;
  /** Duplicate of the session in the cache. */
  duplicate: Session | undefined;
}

/**
 * State of `SessionDetails`: one session, the rules now, and canceling it.
 *
 * @example
 *   function CancelButton({ sessionId }: { sessionId: string }) {
 *     const { rules, cancel, cancellation } = useSessionDetails(sessionId);
 *     return (
 *       <button disabled={!rules?.cancel.allowed || cancellation.isPending} onClick={() => cancel()}>
 *         Cancel session
 *       </button>
 *     );
 *   }
 */
export function useSessionDetails(sessionId: string): UseSessionDetailsResult {
  const canceling = useSessionCancellation(sessionId);
  const { gone } = canceling;
  const { data } = canceling.session;
  const status = useSessionStatus(data)?.status;
  const now = useNow();
  const duplicate = useCachedSession((row) => data !== undefined && areDuplicates(data, row));

  return { ...canceling, status, now, duplicate: gone ? undefined : duplicate };
}
