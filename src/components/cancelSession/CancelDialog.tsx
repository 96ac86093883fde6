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
import { InlineFailure } from "../Failure/FailureNotice.tsx";
import type { CancelSessionMessages } from "./messages.ts";
import type { SessionCancellation } from "./useSessionCancellation.ts";

interface CancelDialogProps {
  open: boolean;
  session: Session;
  canceling: SessionCancellation;
  onClose: () => void;
  /** Called with the canceled session. `already` if another user had canceled it before. */
  onCanceled: (session: Session, already: boolean) => void;
  /** Element that gets the focus if the button that opened the dialog is gone. */
  returnFocus: RefObject<HTMLElement | null>;
  text: CancelSessionMessages;
}

/** Maximum characters of a name in the button. Three such names fit a phone. */
const maxNameInButton = 24;

/** Dialog that asks before a session is canceled. A refusal of the service is shown in it. */
export function CancelDialog({ open, session, canceling, onClose, onCanceled, returnFocus, text }: CancelDialogProps) {
  const format = useFormat();
  const { cancellation, cancel, rules } = canceling;
  const keep = useRef<HTMLButtonElement>(null);
  const why = useId();
  const { start_time, end_time, participants } = session;
  const [day, start] = [format.day(start_time), format.time(start_time)];
  const times = format.range(start_time, end_time);
  const names = guests(participants).flatMap(({ display_name }) => shownName(display_name) ?? []);
  const refusal = rules?.cancel.reason && text.refused[rules.cancel.reason];

  /** Closes the dialog. Does nothing while the request is being sent. */
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
              text.confirm({ start, people: nameList(names, format.locale, text.others, maxNameInButton) }),
              [start],
            )}
          </Button>
        </>
      }
    >
      <LiveStatus after={1000}>{cancellation.isPending ? text.canceling : ""}</LiveStatus>
      {/* A rule by the clock gives the same reason as the refusal of the service: one is enough. */}
      {cancellation.isError && !refusal && <InlineFailure error={cancellation.error} kind="write" />}
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
