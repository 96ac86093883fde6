import { useId, useRef, useState } from "react";

import { isolated } from "../../domain/roles.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { FailureNotice } from "../Failure/FailureNotice.tsx";
import type { ParticipantListMessages } from "./messages.ts";

export interface RemoveQuestionProps {
  name: string;
  text: ParticipantListMessages;
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
  over,
  removal,
  onRemove,
  onClose,
  position,
  nextRow,
}: RemoveQuestionProps) {
  // Of when it was asked: by the time it closes the row is gone.
  const [place] = useState(position);
  const person = isolated(name);
  const keep = useRef<HTMLButtonElement>(null);
  const why = useId();

  /** Not while it is being sent: nobody is kept by then. */
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
          <Button variant="danger" reason={over && why} busy={removal.isPending} onClick={onRemove}>
            {text.removeFor(person)}
          </Button>
        </>
      }
    >
      <LiveStatus after={1000}>{removal.isPending ? text.removing : ""}</LiveStatus>
      {removal.error && !over ? <FailureNotice error={removal.error} kind="write" /> : null}
      {over && (
        <Notice role="alert" tone="warning">
          <span id={why}>{over}</span>
        </Notice>
      )}
    </Dialog>
  );
}
