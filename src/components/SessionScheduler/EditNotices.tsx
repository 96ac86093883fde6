import { type ReactNode, useMemo } from "react";

import { fieldsOf, sessionFields } from "../../domain/sessionFields.ts";
import { Notice } from "../../ui/Notice.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { EditConflict } from "../EditConflict/EditConflict.tsx";
import { OverwrittenNotice } from "../EditConflict/OverwrittenNotice.tsx";
import { useOverwritten } from "../EditConflict/useOverwritten.ts";
import { InlineFailure } from "../Failure/FailureNotice.tsx";
import { useSessionSchedulerContext } from "./SessionSchedulerContext.ts";
import { fieldLabels, shownFields, spanText } from "./shownFields.ts";
import type { EditForm } from "./useEditForm.ts";

/** Shows edits by other users, errors, and the current times or why the session is locked. */
export function EditNotices({ form }: { form: EditForm }) {
  const { text, format, id } = useSessionSchedulerContext();
  const { existing, versions, scheduled, lockedReason, canMove, dirty, error, unread, conflict, theirChanges } = form;
  const labels = fieldLabels(text);
  const saved = useMemo(() => scheduled && fieldsOf(scheduled), [scheduled]);
  const overwritten = useOverwritten(sessionFields, saved, versions?.theirs, form.query.refetch);
  const current = existing && spanText(existing.start_time, existing.end_time, format);
  const lateStart = form.lateStart === existing?.start_time ? undefined : form.lateStart;

  function lateText(instant: string): ReactNode {
    const [day, time] = [format.day(instant), format.time(instant)];
    return renderIsolated(text.lateStart({ day, time }), [day, time]);
  }

  return (
    <>
      {saved && versions && (
        <OverwrittenNotice
          fields={overwritten}
          labels={labels}
          mine={shownFields(saved, format)}
          theirs={shownFields(versions.theirs, format)}
        />
      )}
      {versions && (
        <EditConflict
          labels={labels}
          original={shownFields(versions.original, format)}
          mine={shownFields(versions.mine, format)}
          theirs={shownFields(versions.theirs, format)}
          theirChanges={theirChanges}
          conflict={conflict}
          saveId={`${id}-submit`}
        />
      )}
      {error !== undefined && !lockedReason && <InlineFailure error={error} kind="write" />}
      {unread !== undefined && !lockedReason && <InlineFailure error={unread} />}
      {lockedReason ? (
        <Notice tone="warning" role="alert">
          <span id={`${id}-locked`}>{text.locked[lockedReason]}</span> {dirty && text.typedStays}
        </Notice>
      ) : (
        current && (
          <p className="coviu-text">
            {renderIsolated(text.current(current), [current])} {canMove ? text.keepLinks : text.cannotMove}{" "}
            {lateStart && lateText(lateStart)}
          </p>
        )
      )}
    </>
  );
}
