import { useEffect, useRef } from "react";

import { CoviuError } from "../../api/errors.ts";
import type { Session } from "../../api/schemas.ts";
import { sessionRules } from "../../domain/lifecycle.ts";
import { useCancelSession } from "../../hooks/useCancelSession.ts";
import { useNow } from "../../hooks/useNow.ts";
import { useRefreshSessions } from "../../hooks/useRefreshSessions.ts";
import { useSession } from "../../hooks/useSession.ts";
import { useSessionStatus } from "../../hooks/useSessionStatus.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";

/** One session, what may be done to it now, and canceling it: everything `SessionDetails` shows. */
export function useSessionDetails(sessionId: string) {
  const { now: clock } = useCoviu();
  const session = useSession(sessionId);
  const status = useSessionStatus(session.data)?.status;
  const now = useNow();
  const cancellation = useCancelSession();
  const refreshSessions = useRefreshSessions();
  const sending = useRef(false);

  /** Sends one request however often it is called. After a refusal everything is read again, to show how it stands. */
  function cancel(onCanceled?: (canceled: Session) => void): void {
    const { data } = session;
    if (!data || sending.current) return;
    sending.current = true;
    cancellation.mutate(
      { sessionId },
      {
        onSuccess: () => onCanceled?.({ ...data, canceled_time: clock().toISOString() }),
        onError: () => {
          void session.refetch();
          refreshSessions();
        },
        onSettled: () => {
          sending.current = false;
        },
      },
    );
  }

  // Canceled or removed by someone else: what is known of it no longer holds, and neither do the lists.
  const gone = CoviuError.is(session.error) && session.error.code === "not_found";
  useEffect(() => {
    if (gone) refreshSessions();
  }, [gone, refreshSessions]);

  return {
    session,
    /** The service no longer has it. */
    gone,
    /** `undefined` until the session is there and the page is hydrated. */
    status,
    rules: session.data && now && sessionRules(session.data, now),
    now,
    cancellation,
    cancel,
  };
}
