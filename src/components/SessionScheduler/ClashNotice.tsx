import { formatTime, formatTimeRange } from "../../domain/formatTime.ts";
import { shownName } from "../../domain/roles.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { startDraft } from "./draft.ts";
import type { SchedulerPartProps } from "./SchedulerForm.tsx";

/** A host is in another session then. It is no reason not to book; the form says it aloud. */
export function ClashNotice({ scheduler, text, zoned, focusField }: SchedulerPartProps) {
  const { clash, change, movable } = scheduler;
  if (!clash) return null;
  const { session, host, minutes } = clash;
  const { session_name, start_time, end_time } = session;

  function move(): void {
    change(startDraft(end_time, zoned));
    focusField("start");
  }

  return (
    <Notice
      tone="warning"
      title={<bdi>{text.clashTitle(shownName(host.display_name) ?? text.host)}</bdi>}
      actions={
        movable && (
          <Button size="small" onClick={move}>
            {text.startInstead(formatTime(end_time, zoned))}
          </Button>
        )
      }
    >
      <bdi>
        {text.clashBody({
          name: shownName(session_name) ?? text.untitled,
          times: formatTimeRange(start_time, end_time, zoned),
          minutes,
        })}
      </bdi>
    </Notice>
  );
}
