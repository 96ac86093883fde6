import { useRef, useState } from "react";

import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import type { SessionSchedulerMessages } from "./messages.ts";
import type { UseSessionSchedulerResult } from "./useSessionScheduler.ts";

/** Leaves the form, and asks first if typed changes would be lost. The button that keeps them has the focus. */
export function useDiscardQuestion(
  form: UseSessionSchedulerResult,
  text: SessionSchedulerMessages,
  onDiscarded: () => void,
) {
  const { draft, dirty, busy } = form;
  const editing = form.kind === "edit";
  const unconfirmed = form.kind === "booking" && form.unconfirmed !== undefined;
  const [asking, setAsking] = useState(false);
  const keepButton = useRef<HTMLButtonElement>(null);

  function leave(): void {
    if (busy) return;
    setAsking(false);
    form.discard();
    onDiscarded();
  }

  function ask(): void {
    if (busy) return;
    if (dirty || unconfirmed) setAsking(true);
    else leave();
  }

  return {
    /** Leaves without a question. Does nothing while a request is being sent. */
    leave,
    /** Leaves, or asks first. Does nothing while a request is being sent. */
    ask,
    question: (
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        role="alertdialog"
        size="small"
        title={text.discardTitle(editing)}
        description={text.discardBody({
          people: draft.people.filter(({ name }) => name.trim()).length,
          editing,
          unconfirmed,
        })}
        initialFocus={keepButton}
        footer={
          <>
            <Button tone="danger" onClick={leave}>
              {text.discardConfirm(editing)}
            </Button>
            <Button ref={keepButton} variant="primary" onClick={() => setAsking(false)}>
              {text.keepEditing}
            </Button>
          </>
        }
      />
    ),
  };
}
