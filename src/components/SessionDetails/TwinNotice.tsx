import { forwardRef } from "react";

import type { Session } from "../../api/schemas.ts";
import { formatDay, formatTime } from "../../domain/formatTime.ts";
import { shownName } from "../../domain/roles.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import type { SessionDetailsMessages } from "./messages.ts";

interface TwinNoticeProps {
  session: Session;
  text: SessionDetailsMessages;
  /** Asks whether to cancel one of the two; left out where that is too late. */
  onCancel?: (() => void) | undefined;
}

/** One booking is there twice: that is never silent, and one of the two can go. */
export const TwinNotice = forwardRef<HTMLDivElement, TwinNoticeProps>(function TwinNotice(
  { session, text, onCancel },
  ref,
) {
  const zoned = useCoviu();
  const { session_name, start_time } = session;
  return (
    <Notice
      ref={ref}
      role="alert"
      tone="warning"
      tabIndex={-1}
      title={text.twiceTitle}
      actions={
        onCancel && (
          <Button size="small" tone="danger" onClick={onCancel}>
            {text.twiceCancel}
          </Button>
        )
      }
    >
      <bdi>
        {text.twiceBody({
          name: shownName(session_name) ?? text.untitled,
          day: formatDay(start_time, zoned),
          time: formatTime(start_time, zoned),
        })}
      </bdi>
    </Notice>
  );
});
