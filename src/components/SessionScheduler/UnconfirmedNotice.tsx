import { useEffect, useRef } from "react";

import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { FailureNotice } from "../Failure/FailureNotice.tsx";
import type { SessionSchedulerMessages } from "./messages.ts";
import type { Scheduler } from "./SchedulerForm.tsx";

interface UnconfirmedNoticeProps {
  /** Of the button that Enter presses in the form. */
  id: string;
  onCheck: () => void;
  unconfirmed: NonNullable<Scheduler["unconfirmed"]>;
  text: SessionSchedulerMessages;
}

/** Nobody knows whether it is booked: looking, which Enter in the form does, comes before booking once more. */
export function UnconfirmedNotice({ id, unconfirmed, onCheck, text }: UnconfirmedNoticeProps) {
  const { error, write, bookAnyway } = unconfirmed;
  const isChecking = write?.phase === "checking";
  const checkButton = useRef<HTMLButtonElement>(null);
  useEffect(() => checkButton.current?.focus(), []);
  return (
    <>
      <Notice
        role="alert"
        tone="warning"
        title={text.unknownTitle}
        actions={
          <>
            <Button ref={checkButton} id={id} variant="primary" size="small" busy={isChecking} onClick={onCheck}>
              {text.checkAgain}
            </Button>
            <Button size="small" onClick={bookAnyway}>
              {text.bookAnyway}
            </Button>
          </>
        }
      >
        <p className="coviu-text">{error.code === "unreachable" ? text.unknownBody : text.unclearBody}</p>
        {isChecking ? (
          <p className="coviu-text">{text.checkingTitle}</p>
        ) : (
          write && write.checkCount > 0 && !write.error && <p className="coviu-text">{text.notFound}</p>
        )}
      </Notice>
      {write?.error && !isChecking && <FailureNotice error={write.error} kind="look" title={text.lookFailed} />}
    </>
  );
}
