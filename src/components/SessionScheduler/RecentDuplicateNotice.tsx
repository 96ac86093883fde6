import { useRef, useState } from "react";

import type { Session } from "../../api/schemas.ts";
import { areDuplicates } from "../../domain/duplicates.ts";
import { useCachedSession } from "../../hooks/useCachedSession.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { CancelDialog } from "../cancelSession/CancelDialog.tsx";
import { cancelSessionMessages } from "../cancelSession/messages.ts";
import { useSessionCancellation } from "../cancelSession/useSessionCancellation.ts";
import { DuplicateNotice } from "../duplicates/DuplicateNotice.tsx";
import { duplicateMessages } from "../duplicates/messages.ts";

/** Warns that one of the last bookings of a form has a duplicate, and offers to cancel the duplicate. */
export function RecentDuplicateNotice({ recent }: { recent: readonly Session[] }) {
  const duplicate = useCachedSession((row, _, all) =>
    recent.some((session) => areDuplicates(session, row) && !all.some((now) => isCanceled(now, session))),
  );
  // A canceled session is no duplicate: the notice is then removed.
  return duplicate && <CancelableDuplicate key={duplicate.session_id} duplicate={duplicate} />;
}

/** Tells whether a booking has been canceled since. */
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
