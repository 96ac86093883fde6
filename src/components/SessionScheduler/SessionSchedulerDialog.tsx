import { forwardRef, type RefObject, useId, useRef } from "react";

import { isolated } from "../../domain/roles.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { sessionSchedulerMessages } from "./messages.ts";
import { SchedulerButtons } from "./SchedulerButtons.tsx";
import { SchedulerForm } from "./SchedulerForm.tsx";
import { titleOf } from "./schedulerTexts.ts";
import type { SessionSchedulerProps } from "./SessionScheduler.tsx";
import { SessionSchedulerRoot } from "./SessionSchedulerRoot.tsx";
import { useDiscardQuestion } from "./useDiscardQuestion.tsx";
import { useSessionScheduler } from "./useSessionScheduler.ts";

export interface SessionSchedulerDialogProps extends SessionSchedulerProps {
  /** Whether the dialog is open. */
  open: boolean;
  /** Called when the dialog opens or closes. */
  onOpenChange: (open: boolean) => void;
  /** Element that gets the focus when the dialog closes and its opener is gone. */
  returnFocus?: RefObject<HTMLElement | null> | undefined;
}

/** Dialog with the form of `SessionScheduler`. Asks before typed changes are lost. */
export const SessionSchedulerDialog = forwardRef<HTMLDivElement, SessionSchedulerDialogProps>(
  function SessionSchedulerDialog({ open, ...props }, ref) {
    // The form is reset each time the dialog opens.
    return open ? <OpenDialog ref={ref} {...props} /> : null;
  },
);

const OpenDialog = forwardRef<HTMLDivElement, Omit<SessionSchedulerDialogProps, "open">>(function OpenDialog(
  {
    sessionId,
    copyOf,
    host,
    defaultStart,
    onScheduled,
    onDiscard,
    onOpenChange,
    returnFocus,
    messages,
    id: givenId,
    ...props
  },
  ref,
) {
  const text = useMessages("sessionScheduler", sessionSchedulerMessages, messages);
  const form = useSessionScheduler({
    sessionId,
    copyOf,
    host,
    defaultStart,
    onScheduled: (...scheduled) => {
      onOpenChange(false);
      onScheduled?.(...scheduled);
    },
  });
  const { ask, leave, question } = useDiscardQuestion(form, text, () => {
    onOpenChange(false);
    onDiscard?.();
  });
  const nameField = useRef<HTMLInputElement>(null);
  const ownId = useId();
  const title = titleOf(form, text);
  return (
    <SessionSchedulerRoot form={form} text={text} id={givenId ?? ownId}>
      <Dialog
        open
        onClose={ask}
        title={<bdi>{renderIsolated(titleOf(form, text, isolated))}</bdi>}
        closeLabel={text.close(title)}
        initialFocus={nameField}
        returnFocus={returnFocus}
        footer={<SchedulerButtons onDiscard={ask} onKeep={leave} />}
      >
        <SchedulerForm ref={ref} aria-label={title} {...props} nameField={nameField} />
        {question}
      </Dialog>
    </SessionSchedulerRoot>
  );
});
