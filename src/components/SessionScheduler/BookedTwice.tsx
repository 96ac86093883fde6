import { useRef, useState } from "react";

import type { Session } from "../../api/schemas.ts";
import { areTwins } from "../../domain/twins.ts";
import { useCachedSession } from "../../hooks/useCachedSession.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { CancelDialog } from "../SessionDetails/CancelDialog.tsx";
import { sessionDetailsMessages } from "../SessionDetails/messages.ts";
import { TwinNotice } from "../SessionDetails/TwinNotice.tsx";
import { useSessionDetails } from "../SessionDetails/useSessionDetails.ts";

/** Says that one of the last bookings of a form is there twice, and cancels the one nobody has been told about. */
export function BookedTwice({ recent }: { recent: readonly Session[] }) {
  const twin = useCachedSession((row, _, all) =>
    recent.some((session) => areTwins(session, row) && !all.some((now) => isCanceled(now, session))),
  );
  // Once it is canceled it is a twin no more.
  return twin && <Twice key={twin.session_id} twin={twin} />;
}

/** A booking may have been canceled since it was made. */
function isCanceled({ session_id, canceled_time }: Session, booked: Session): boolean {
  return session_id === booked.session_id && canceled_time !== undefined;
}

function Twice({ twin }: { twin: Session }) {
  const text = useMessages("sessionDetails", sessionDetailsMessages, undefined);
  const details = useSessionDetails(twin.session_id);
  const [asking, setAsking] = useState(false);
  const notice = useRef<HTMLDivElement>(null);
  return (
    <>
      <TwinNotice ref={notice} session={twin} text={text} onCancel={() => setAsking(true)} />
      <CancelDialog
        open={asking}
        returnFocus={notice}
        session={twin}
        details={details}
        onClose={() => setAsking(false)}
        onCanceled={() => setAsking(false)}
        text={text}
      />
    </>
  );
}
