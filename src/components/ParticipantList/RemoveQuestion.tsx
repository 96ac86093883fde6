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
  /** Element that gets the focus when the row at an index is gone. */
  nextRow: (position: number) => HTMLElement | null;
}

/** Question before a person is removed for ever. The button that keeps them has the focus. */
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
  // Taken when the dialog opens: the row is gone when it closes.
  const [place] = useState(position);
  const person = isolated(name);
  const keep = useRef<HTMLButtonElement>(null);
  const why = useId();

  /** Closes the dialog, but not while the request is on its way. */
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
      initialFocus={keep}
      returnFocus={{
        get current() {
          return nextRow(place);
        },
      }}
      footer={
        <>
          <Button ref={keep} onClick={leave}>
            {text.keepFor(person)}
          </Button>
          <Button variant="danger" reason={lockedReason && why} busy={removal.isPending} onClick={onRemove}>
            {text.removeFor(person)}
          </Button>
        </>
      }
    >
      <LiveStatus after={1000}>{removal.isPending ? text.removing : ""}</LiveStatus>
      {removal.error && !lockedReason ? <InlineFailure error={removal.error} kind="write" /> : null}
      {lockedReason && (
        <Notice role="alert" tone="warning">
          <span id={why}>{lockedReason}</span>
        </Notice>
      )}
    </Dialog>
  );
}
