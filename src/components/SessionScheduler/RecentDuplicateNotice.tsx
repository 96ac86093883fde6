import { useRef, useState } from "react";

import type { SessionCreationRequest } from "../../api/requests.ts";
import type { Session } from "../../api/schemas.ts";
import { areDuplicates } from "../../domain/duplicates.ts";
import { isBookingOf } from "../../domain/sameBooking.ts";
import { useCachedSession } from "../../hooks/useCachedSession.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { CancelDialog } from "../cancelSession/CancelDialog.tsx";
import { cancelSessionMessages } from "../cancelSession/messages.ts";
import { useSessionCancellation } from "../cancelSession/useSessionCancellation.ts";
import { DuplicateNotice } from "../duplicates/DuplicateNotice.tsx";
import { duplicateMessages } from "../duplicates/messages.ts";

interface RecentDuplicateNoticeProps {
  /** Last sessions that the form has booked. */
  recent: readonly Session[];
  /** Requests of the booking in the form. Their outcome is unknown. */
  requests: readonly SessionCreationRequest[];
}

/** Warns that a booking of the form has a duplicate, and offers to cancel one of the two. */
export function RecentDuplicateNotice({ recent, requests }: RecentDuplicateNoticeProps) {
  const duplicate = useCachedSession((row, _, all) => {
    const booked = requests.some((request) => isBookingOf(row, request)) ? all : recent;
    return booked.some((session) => areDuplicates(session, row) && !all.some((now) => isCanceled(now, session)));
  });
  // A canceled session is no duplicate, so the notice is removed.
  return duplicate && <CancelableDuplicate key={duplicate.session_id} duplicate={duplicate} />;
}

/** Whether a session has been canceled in the meantime. */
function isCanceled({ session_id, canceled_time }: Session, booked: Session): boolean {
  return session_id === booked.session_id && canceled_time !== undefined;
}

const messages = { ...cancelSessionMessages, ...duplicateMessages };

function CancelableDuplicate({ duplicate }: { duplicate: Session }) {
  const text = useMessages("sessionDetails", messages, undefined);
  const canceling = useSessionCancellation(duplicate.session_id);
  const [asking, setAsking] = useState(false);
  const notice = useRef<HTMLDivElement>(null);
  return (
    <>
      <DuplicateNotice ref={notice} session={duplicate} text={text} onCancel={() => setAsking(true)} />
      <CancelDialog
        open={asking}
        returnFocus={notice}
        session={duplicate}
        canceling={canceling}
        onClose={() => setAsking(false)}
        onCanceled={() => setAsking(false)}
        text={text}
      />
    </>
  );
}
