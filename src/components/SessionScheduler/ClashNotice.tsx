import { isolated, shownName } from "../../domain/roles.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { startDraft } from "./draft.ts";
import { useSessionSchedulerContext } from "./SessionSchedulerContext.ts";

/** Warns that a host is in another session at that time. The session can be booked all the same. */
export function ClashNotice() {
  const { form, text, format, focusField } = useSessionSchedulerContext();
  const { clash, change, canMove } = form;
  if (!clash) return null;
  const { session, host, minutes } = clash;
  const { session_name, start_time, end_time } = session;
  const times = format.range(start_time, end_time);
  const end = format.time(end_time);

  function moveToEnd(): void {
    change(startDraft(end_time, format));
    focusField({ field: "start" });
  }

  return (
    <Notice
      tone="warning"
      title={<bdi>{renderIsolated(text.clashTitle(isolated(shownName(host.display_name) ?? text.host)))}</bdi>}
      actions={
        canMove && (
          <Button size="small" onClick={moveToEnd}>
            {renderIsolated(text.startInstead(end), [end])}
          </Button>
        )
      }
    >
      <bdi>
        {renderIsolated(text.clashBody({ name: isolated(shownName(session_name) ?? text.untitled), times, minutes }), [
          times,
        ])}
      </bdi>
    </Notice>
  );
}
