import { forwardRef, type RefObject, useId, useRef } from "react";

import { isolated } from "../../domain/roles.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { useCoviuSettings } from "../../provider/CoviuProvider.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { words } from "../../ui/words.tsx";
import { sessionSchedulerMessages } from "./messages.ts";
import { SchedulerButtons, useDiscardQuestion } from "./SchedulerButtons.tsx";
import { SchedulerForm } from "./SchedulerForm.tsx";
import { type SessionSchedulerProps, titleOf } from "./SessionScheduler.tsx";
import { useSessionScheduler } from "./useSessionScheduler.ts";

export interface SessionSchedulerDialogProps extends SessionSchedulerProps {
  /** Whether the dialog is open. */
  open: boolean;
  /** Called when the dialog wants to open or close. */
  onOpenChange: (open: boolean) => void;
  /** Gets the focus when it closes and the opener is gone. */
  returnFocus?: RefObject<HTMLElement | null> | undefined;
}

/** The form of `SessionScheduler` in a dialog, which asks before it loses what was typed. */
export const SessionSchedulerDialog = forwardRef<HTMLDivElement, SessionSchedulerDialogProps>(
  function SessionSchedulerDialog({ open, ...props }, ref) {
    // Opened again it starts anew.
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
    id: given,
    ...props
  },
  ref,
) {
  const text = useMessages("sessionScheduler", sessionSchedulerMessages, messages);
  const { locale, timeZone } = useCoviuSettings();
  const scheduler = useSessionScheduler({
    sessionId,
    copyOf,
    host,
    defaultStart,
    onScheduled: (...scheduled) => {
      onOpenChange(false);
      onScheduled?.(...scheduled);
    },
  });
  const { ask, leave, question } = useDiscardQuestion(scheduler, text, () => {
    onOpenChange(false);
    onDiscard?.();
  });
  const nameField = useRef<HTMLInputElement>(null);
  const own = useId();
  const part = { scheduler, text, zoned: { locale, timeZone }, id: given ?? own };
  const title = titleOf(scheduler, text);
  return (
    <Dialog
      open
      onClose={ask}
      title={<bdi>{words(titleOf(scheduler, text, isolated))}</bdi>}
      closeLabel={text.close(title)}
      initialFocus={nameField}
      returnFocus={returnFocus}
      footer={<SchedulerButtons {...part} onDiscard={ask} onKeep={leave} />}
    >
      <SchedulerForm ref={ref} aria-label={title} {...props} {...part} nameField={nameField} />
      {question}
    </Dialog>
  );
});
