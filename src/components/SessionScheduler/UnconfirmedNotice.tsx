import { useEffect, useRef } from "react";

import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { InlineFailure } from "../Failure/FailureNotice.tsx";
import { useSessionSchedulerContext } from "./SessionSchedulerContext.ts";
import type { UnconfirmedBooking } from "./useBookingForm.ts";

/** States that the outcome of a booking is unknown. Offers to check, then to book again. */
export function UnconfirmedNotice({ error, write, check, bookAnyway }: UnconfirmedBooking) {
  const { text, id } = useSessionSchedulerContext();
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
            <Button
              ref={checkButton}
              id={`${id}-check`}
              variant="primary"
              size="small"
              busy={isChecking}
              onClick={check}
            >
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
      {write?.error && !isChecking && <InlineFailure error={write.error} kind="check" title={text.checkFailed} />}
    </>
  );
}
