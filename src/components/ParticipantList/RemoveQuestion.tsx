import { useId, useRef, useState } from "react";

import { isolated } from "../../domain/roles.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { InlineFailure } from "../Failure/FailureNotice.tsx";
import type { ParticipantListMessages } from "./messages.ts";

export interface RemoveQuestionProps {
  name: string;
  text: ParticipantListMessages;
  /** Why no person can be removed any more. */
  lockedReason: string | undefined;
  removal: { error: unknown; isPending: boolean };
  onRemove: () => void;
  onClose: () => void;
  /** Index of the person in the list. */
  position: number;
  /** Returns the element that gets the focus when the row at an index is removed. */
  nextRow: (position: number) => HTMLElement | null;
}

/** Question before a person is removed permanently. The button that keeps the person has the focus. */
export function RemoveQuestion({
  name,
  text,
  lockedReason,
  removal,
  onRemove,
  onClose,
  position,
  nextRow,
}: RemoveQuestionProps) {
  // Position when the dialog opens. The row no longer exists when it closes.
  const [initialPosition] = useState(position);
  const person = isolated(name);
  const keepButton = useRef<HTMLButtonElement>(null);
  const lockedId = useId();

  /** Closes the dialog. Does nothing while the request is being sent. */
  function leave(): void {
    if (!removal.isPending) onClose();
  }

  return (
    <Dialog
      open
      role="alertdialog"
      size="small"
      title={text.removeTitle(person)}
      description={text.removeBody}
      onClose={leave}
      initialFocus={keepButton}
      returnFocus={{
        get current() {
          return nextRow(initialPosition);
        },
      }}
      footer={
        <>
          <Button ref={keepButton} onClick={leave}>
            {text.keepFor(person)}
          </Button>
          <Button variant="danger" reason={lockedReason && lockedId} busy={removal.isPending} onClick={onRemove}>
            {text.removeFor(person)}
          </Button>
        </>
      }
    >
      <LiveStatus after={1000}>{removal.isPending ? text.removing : ""}</LiveStatus>
      {removal.error && !lockedReason ? <InlineFailure error={removal.error} kind="write" /> : null}
      {lockedReason && (
        <Notice role="alert" tone="warning">
          <span id={lockedId}>{lockedReason}</span>
        </Notice>
      )}
    </Dialog>
  );
}
