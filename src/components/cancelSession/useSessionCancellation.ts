import { useEffect, useRef } from "react";

import { CoviuError } from "../../api/errors.ts";
import type { Session } from "../../api/schemas.ts";
import { rulesOf, type SessionRules, sessionRules } from "../../domain/lifecycle.ts";
import { useCancelSession } from "../../hooks/useCancelSession.ts";
import { useNow } from "../../hooks/useNow.ts";
import { useRefreshSessions } from "../../hooks/useRefreshSessions.ts";
import { useSession } from "../../hooks/useSession.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";

/** Result of `useSessionCancellation`. */
export interface SessionCancellation {
  /** The query of the session. */
  session: ReturnType<typeof useSession>;
  /** Whether the service no longer has the session. */
  gone: boolean;
  /** Rules of the session now. `undefined` until the session is read and the page is hydrated. */
  rules: SessionRules | undefined;
  /** The mutation that cancels the session. */
  cancellation: ReturnType<typeof useCancelSession>;
  /**
   * Cancels the session. Calls while a request is being sent do nothing. A session that another user has canceled counts
   * as canceled. If the service refuses, the session and the lists are read again.
   *
   * @param onCanceled Called with the canceled session. `already` if another user had canceled it before.
   */
  cancel: (onCanceled?: (canceled: Session, already: boolean) => void) => void;
}

/** Reads a session and cancels it. */
export function useSessionCancellation(sessionId: string): SessionCancellation {
  const { now: clock } = useCoviu();
  const session = useSession(sessionId);
  const now = useNow();
  const cancellation = useCancelSession();
  const refreshSessions = useRefreshSessions();
  const isSending = useRef(false);
  const { data, error } = session;
  const gone = CoviuError.is(error) && error.code === "not_found";

  // Another user has canceled or removed the session, so the lists are stale too.
  useEffect(() => {
    if (gone) refreshSessions();
  }, [gone, refreshSessions]);

  function cancel(onCanceled?: (canceled: Session, already: boolean) => void): void {
    if (!data || isSending.current) return;
    isSending.current = true;
    cancellation.mutate(
      { sessionId },
      {
        onSuccess: (answer) => onCanceled?.({ ...data, canceled_time: clock().toISOString() }, "already" in answer),
        onError: ({ outcome }) => {
          // The mutation itself checks an unknown outcome.
          if (outcome !== "refused") return;
          void session.refetch();
          refreshSessions();
        },
        onSettled: () => {
          isSending.current = false;
        },
      },
    );
  }

  const rules = data && now && (gone ? rulesOf("canceled") : sessionRules(data, now));
  return { session, gone, rules, cancellation, cancel };
}
