import { type ComponentPropsWithoutRef, forwardRef, useId } from "react";

import { shownName } from "../../domain/roles.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { type SessionSchedulerMessages, sessionSchedulerMessages } from "./messages.ts";
import { SchedulerButtons, useDiscardQuestion } from "./SchedulerButtons.tsx";
import { SchedulerForm } from "./SchedulerForm.tsx";
import { type SessionSchedulerOptions, useSessionScheduler } from "./useSessionScheduler.ts";

export interface SessionSchedulerProps
  extends Omit<ComponentPropsWithoutRef<"div">, "children" | "onSubmit">, SessionSchedulerOptions {
  /** Told when the form is left without booking or saving. */
  onDiscard?: (() => void) | undefined;
  /** Texts that replace the defaults of this component. */
  messages?: Partial<SessionSchedulerMessages> | undefined;
}

/** A form that books a session with its people, or with `sessionId` moves and changes one. */
export const SessionScheduler = forwardRef<HTMLDivElement, SessionSchedulerProps>(function SessionScheduler(
  { sessionId, copyOf, host, defaultStart, onScheduled, onDiscard, messages, id: given, ...props },
  ref,
) {
  const text = useMessages("sessionScheduler", sessionSchedulerMessages, messages);
  const { locale, timeZone } = useCoviu();
  const scheduler = useSessionScheduler({ sessionId, copyOf, host, defaultStart, onScheduled });
  const { ask, leave, question } = useDiscardQuestion(scheduler, text, () => onDiscard?.());
  const own = useId();
  const part = { scheduler, text, zoned: { locale, timeZone }, id: given ?? own };
  return (
    <>
      <SchedulerForm ref={ref} aria-label={titleOf(scheduler, text)} {...props} {...part}>
        <div className="coviu-row" data-align="end">
          <SchedulerButtons {...part} onDiscard={ask} onKeep={leave} />
        </div>
      </SchedulerForm>
      {question}
    </>
  );
});

/** What the form is for; where it is shown, `mark` sets the name apart. */
export function titleOf(
  { editing, session, movable }: ReturnType<typeof useSessionScheduler>,
  text: SessionSchedulerMessages,
  mark = (name: string) => name,
): string {
  if (!editing) return text.title;
  return session
    ? text.editTitle({ name: mark(shownName(session.session_name) ?? text.untitled), movable })
    : text.edit;
}
