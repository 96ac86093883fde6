import { useEffect, useRef } from "react";

import { CoviuError } from "../../api/errors.ts";
import type { Session } from "../../api/schemas.ts";
import { areDuplicates } from "../../domain/duplicates.ts";
import { sessionRules } from "../../domain/lifecycle.ts";
import { useCachedSession } from "../../hooks/useCachedSession.ts";
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

  /**
   * Sends one request however often it is called; one that somebody else has canceled is canceled as well. After a
   * refusal everything is read again, to show how it stands; after a lost answer that has been looked at.
   */
  function cancel(onCanceled?: (canceled: Session, already: boolean) => void): void {
    const { data } = session;
    if (!data || sending.current) return;
    sending.current = true;
    cancellation.mutate(
      { sessionId },
      {
        onSuccess: (answer) => onCanceled?.({ ...data, canceled_time: clock().toISOString() }, "already" in answer),
        onError: ({ outcome }) => {
          if (outcome !== "refused") return;
          void session.refetch();
          refreshSessions();
        },
        onSettled: () => {
          sending.current = false;
        },
      },
    );
  }

  const { data } = session;
  const duplicate = useCachedSession((row) => data !== undefined && areDuplicates(data, row));

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
    rules: session.data && now && sessionRules(gone ? { ...session.data, canceled_time: "gone" } : session.data, now),
    now,
    /** Another session that looks like the same booking, as far as sessions have been read. */
    duplicate: gone ? undefined : duplicate,
    cancellation,
    cancel,
  };
}
