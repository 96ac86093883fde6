import { formatTime, formatTimeRange } from "../../domain/formatTime.ts";
import { isolated, shownName } from "../../domain/roles.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { words } from "../../ui/words.tsx";
import { startDraft } from "./draft.ts";
import type { SchedulerPartProps } from "./SchedulerForm.tsx";

/** A host is in another session then. It is no reason not to book; the form says it aloud. */
export function ClashNotice({ scheduler, text, zoned, focusField }: SchedulerPartProps) {
  const { clash, change, movable } = scheduler;
  if (!clash) return null;
  const { session, host, minutes } = clash;
  const { session_name, start_time, end_time } = session;
  const times = formatTimeRange(start_time, end_time, zoned);
  const end = formatTime(end_time, zoned);

  function move(): void {
    change(startDraft(end_time, zoned));
    focusField("start");
  }

  return (
    <Notice
      tone="warning"
      title={<bdi>{words(text.clashTitle(isolated(shownName(host.display_name) ?? text.host)))}</bdi>}
      actions={
        movable && (
          <Button size="small" onClick={move}>
            {words(text.startInstead(end), [end])}
          </Button>
        )
      }
    >
      <bdi>
        {words(text.clashBody({ name: isolated(shownName(session_name) ?? text.untitled), times, minutes }), [times])}
      </bdi>
    </Notice>
  );
}
