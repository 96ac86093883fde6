import { type RefObject, useId, useRef } from "react";

import type { Session } from "../../api/schemas.ts";
import { nameList } from "../../domain/nameList.ts";
import { guests, isolated, shownName } from "../../domain/roles.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { FailureNotice } from "../Failure/FailureNotice.tsx";
import type { SessionDetailsMessages } from "./messages.ts";
import type { useSessionDetails } from "./useSessionDetails.ts";

interface CancelDialogProps {
  open: boolean;
  session: Session;
  details: ReturnType<typeof useSessionDetails>;
  onClose: () => void;
  onCanceled: (session: Session, already: boolean) => void;
  /** Gets the focus once the button that asked is gone. */
  returnFocus: RefObject<HTMLElement | null>;
  text: SessionDetailsMessages;
}

/** A button with three names of this length still fits a phone. */
const longestInButton = 24;

/** Asks before what can't be undone; a refusal stays in it. */
export function CancelDialog({ open, session, details, onClose, onCanceled, returnFocus, text }: CancelDialogProps) {
  const format = useFormat();
  const { cancellation, cancel, rules } = details;
  const keep = useRef<HTMLButtonElement>(null);
  const why = useId();
  const { start_time, end_time, participants } = session;
  const [day, start] = [format.day(start_time), format.time(start_time)];
  const times = format.range(start_time, end_time);
  const names = guests(participants).flatMap(({ display_name }) => shownName(display_name) ?? []);
  const refusal = rules?.cancel.reason && text.refused[rules.cancel.reason];

  /** Not while it is being sent: the session is not kept by then. */
  function leave(): void {
    if (!cancellation.isPending) onClose();
  }

  return (
    <Dialog
      role="alertdialog"
      size="small"
      open={open}
      onClose={leave}
      title={text.confirmTitle}
      description={renderIsolated(
        text.confirmBody({
          name: isolated(shownName(session.session_name) ?? text.untitled),
          people: nameList(names, format.locale, text.others),
          day,
          times,
        }),
        [day, times],
      )}
      initialFocus={keep}
      returnFocus={returnFocus}
      footer={
        <>
          <Button ref={keep} onClick={leave}>
            {text.keep}
          </Button>
          <Button
            variant="danger"
            reason={refusal && why}
            busy={cancellation.isPending}
            onClick={() => cancel(onCanceled)}
          >
            {renderIsolated(
              text.confirm({ start, people: nameList(names, format.locale, text.others, longestInButton) }),
              [start],
            )}
          </Button>
        </>
      }
    >
      <LiveStatus after={1000}>{cancellation.isPending ? text.canceling : ""}</LiveStatus>
      {/* Where the clock says it as well, once is enough. */}
      {cancellation.isError && !refusal && <FailureNotice error={cancellation.error} kind="write" />}
      {refusal && (
        <div id={why}>
          <Notice role="alert" tone="warning">
            {refusal}
          </Notice>
        </div>
      )}
    </Dialog>
  );
}
