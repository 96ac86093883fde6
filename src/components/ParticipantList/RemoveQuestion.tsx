import { useId, useRef, useState } from "react";

import { useCoviuSettings } from "../../provider/CoviuProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { failureText } from "../Failure/failureText.ts";
import type { FailureMessages } from "../Failure/messages.ts";
import type { ParticipantListMessages } from "./messages.ts";

export interface RemoveQuestionProps {
  name: string;
  text: ParticipantListMessages;
  failure: FailureMessages;
  /** Why nobody can be removed any more. */
  over: string | undefined;
  removal: { error: unknown; isPending: boolean };
  onRemove: () => void;
  onClose: () => void;
  /** Where the person stands in the list. */
  position: number;
  /** Where focus goes when the row at that place is gone. */
  nextRow: (position: number) => HTMLElement | null;
}

/** Removal is for ever, so it is asked, with the safe answer in focus. */
export function RemoveQuestion({
  name,
  text,
  failure,
  over,
  removal,
  onRemove,
  onClose,
  position,
  nextRow,
}: RemoveQuestionProps) {
  // Of when it was asked: by the time it closes the row is gone.
  const [place] = useState(position);
  const { portalContainer, nonce } = useCoviuSettings();
  const keep = useRef<HTMLButtonElement>(null);
  const why = useId();
  const failed = removal.error && !over ? failureText(removal.error, failure, "write") : undefined;

  /** Not while it is being sent: nobody is kept by then. */
  function leave(): void {
    if (!removal.isPending) onClose();
  }

  return (
    <Dialog
      open
      role="alertdialog"
      size="small"
      title={text.removeTitle(name)}
      description={text.removeBody}
      onClose={leave}
      container={portalContainer}
      nonce={nonce}
      initialFocus={keep}
      returnFocus={{
        get current() {
          return nextRow(place);
        },
      }}
      footer={
        <>
          <Button ref={keep} onClick={leave}>
            {text.keepFor(name)}
          </Button>
          <Button variant="danger" reason={over && why} busy={removal.isPending} onClick={onRemove}>
            {text.removeFor(name)}
          </Button>
        </>
      }
    >
      {failed && (
        <Notice role="alert" tone="danger" title={failed.title}>
          {failed.body}
        </Notice>
      )}
      {over && (
        <Notice role="alert" tone="warning">
          <span id={why}>{over}</span>
        </Notice>
      )}
    </Dialog>
  );
}
