import { forwardRef } from "react";

import type { Session } from "../../api/schemas.ts";
import { isolated, shownName } from "../../domain/roles.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import type { DuplicateMessages } from "./messages.ts";

interface DuplicateNoticeProps {
  session: Session;
  text: DuplicateMessages;
  /** Opens the question whether to cancel one of the two. Omitted if the session can no longer be canceled. */
  onCancel?: (() => void) | undefined;
}

/** Alert that a session has a duplicate, with a button that cancels one of the two. */
export const DuplicateNotice = forwardRef<HTMLDivElement, DuplicateNoticeProps>(function DuplicateNotice(
  { session, text, onCancel },
  ref,
) {
  const format = useFormat();
  const { session_name, start_time } = session;
  const [day, time] = [format.day(start_time), format.time(start_time)];
  return (
    <Notice
      ref={ref}
      role="alert"
      tone="warning"
      tabIndex={-1}
      title={text.duplicateTitle}
      actions={
        onCancel && (
          <Button size="small" tone="danger" onClick={onCancel}>
            {text.duplicateCancel}
          </Button>
        )
      }
    >
      <bdi>
        {renderIsolated(text.duplicateBody({ name: isolated(shownName(session_name) ?? text.untitled), day, time }), [
          day,
          time,
        ])}
      </bdi>
    </Notice>
  );
});
