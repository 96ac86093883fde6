import { type ComponentPropsWithoutRef, forwardRef, useId } from "react";

import { useMessages } from "../../hooks/useMessages.ts";
import { type SessionSchedulerMessages, sessionSchedulerMessages } from "./messages.ts";
import { SchedulerButtons } from "./SchedulerButtons.tsx";
import { SchedulerForm } from "./SchedulerForm.tsx";
import { titleOf } from "./schedulerTexts.ts";
import { SessionSchedulerRoot } from "./SessionSchedulerRoot.tsx";
import { useDiscardQuestion } from "./useDiscardQuestion.tsx";
import { type SessionSchedulerOptions, useSessionScheduler } from "./useSessionScheduler.ts";

export interface SessionSchedulerProps
  extends Omit<ComponentPropsWithoutRef<"div">, "children" | "onSubmit">, SessionSchedulerOptions {
  /** Called when the user leaves the form without booking or saving. */
  onDiscard?: (() => void) | undefined;
  /** Texts in place of those of the provider. @default the texts of the provider, else English ones */
  messages?: Partial<SessionSchedulerMessages> | undefined;
}

/** Form that books a session with its people, or changes the session with this `sessionId`. */
export const SessionScheduler = forwardRef<HTMLDivElement, SessionSchedulerProps>(function SessionScheduler(
  { sessionId, copyOf, host, defaultStart, onScheduled, onDiscard, messages, id: givenId, ...props },
  ref,
) {
  const text = useMessages("sessionScheduler", sessionSchedulerMessages, messages);
  const form = useSessionScheduler({ sessionId, copyOf, host, defaultStart, onScheduled });
  const { ask, leave, question } = useDiscardQuestion(form, text, () => onDiscard?.());
  const ownId = useId();
  return (
    <SessionSchedulerRoot form={form} text={text} id={givenId ?? ownId}>
      <SchedulerForm ref={ref} aria-label={titleOf(form, text)} {...props}>
        <div className="coviu-row" data-align="end">
          <SchedulerButtons onDiscard={ask} onKeep={leave} />
        </div>
      </SchedulerForm>
      {question}
    </SessionSchedulerRoot>
  );
});
