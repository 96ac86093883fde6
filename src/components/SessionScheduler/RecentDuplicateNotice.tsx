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

/** Says that one of the last bookings of a form is there twice, and cancels the one nobody has been told about. */
export function RecentDuplicateNotice({ recent }: { recent: readonly Session[] }) {
  const duplicate = useCachedSession((row, _, all) =>
    recent.some((session) => areDuplicates(session, row) && !all.some((now) => isCanceled(now, session))),
  );
  // Once it is canceled it is a duplicate no more.
  return duplicate && <Twice key={duplicate.session_id} duplicate={duplicate} />;
}

/** A booking may have been canceled since it was made. */
function isCanceled({ session_id, canceled_time }: Session, booked: Session): boolean {
  return session_id === booked.session_id && canceled_time !== undefined;
}

const messages = { ...cancelSessionMessages, ...duplicateMessages };

function Twice({ duplicate }: { duplicate: Session }) {
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
