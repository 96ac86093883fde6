import { forwardRef, type ReactNode, useMemo } from "react";

import { formatDay, formatTime } from "../../domain/formatTime.ts";
import { fieldsOf, sessionFields } from "../../domain/sessionFields.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { words } from "../../ui/words.tsx";
import { EditConflict } from "../EditConflict/EditConflict.tsx";
import { OverwrittenNotice } from "../EditConflict/OverwrittenNotice.tsx";
import { useOverwritten } from "../EditConflict/useOverwritten.ts";
import { FailureNotice } from "../Failure/FailureNotice.tsx";
import { startDraft } from "./draft.ts";
import { problemText, problemTimes } from "./problemText.ts";
import { RecentDuplicateNotice } from "./RecentDuplicateNotice.tsx";
import type { SchedulerPartProps } from "./SchedulerForm.tsx";
import { fieldLabels, shownFields } from "./shownFields.ts";
import { UnconfirmedNotice } from "./UnconfirmedNotice.tsx";
import { bookedText } from "./when.ts";

/** What came of it, or stands in the way. The `ref` is that of the summary of problems. */
export const SchedulerNotices = forwardRef<HTMLDivElement, Omit<SchedulerPartProps, "errorOf">>(
  function SchedulerNotices({ scheduler, text, zoned, id, focusField }, ref) {
    const { session, over, summary, editing, movable, dirty, error, unread, unconfirmed, isChecking, booked } =
      scheduler;
    const { nextStart, lateStart, recent, edit, conflict, theirChanges } = scheduler;
    const current = session && shownFields(fieldsOf(session), zoned).times;
    const next = nextStart && formatTime(nextStart, zoned);
    const labels = fieldLabels(text);
    const saved = useMemo(() => (booked && editing ? fieldsOf(booked) : undefined), [booked, editing]);
    const overwritten = useOverwritten(sessionFields, saved, edit?.theirs, scheduler.query.refetch);

    function startOf(instant: string): [day: string, time: string] {
      return [formatDay(instant, zoned), formatTime(instant, zoned)];
    }

    function lateText(instant: string): ReactNode {
      const [day, time] = startOf(instant);
      return words(text.lateStart({ day, time }), [day, time]);
    }

    function startNext(instant: string): void {
      scheduler.change(startDraft(instant, zoned));
      focusField("start");
    }

    return (
      <>
        {booked && (
          <Notice tone="success">
            <bdi>{words(bookedText(booked, editing, text, zoned), startOf(booked.start_time))}</bdi>
          </Notice>
        )}
        <RecentDuplicateNotice recent={recent} />
        {saved && edit && overwritten.length > 0 && (
          <OverwrittenNotice
            fields={overwritten}
            labels={labels}
            mine={shownFields(saved, zoned)}
            theirs={shownFields(edit.theirs, zoned)}
          />
        )}
        {summary && (
          <Notice
            ref={ref}
            tone="danger"
            role="group"
            tabIndex={-1}
            title={text.problems({ count: summary.length, editing })}
            actions={
              next && (
                <Button size="small" onClick={() => startNext(nextStart)}>
                  {words(text.startAt(next), [next])}
                </Button>
              )
            }
          >
            <ul className="coviu-error-list">
              {summary.map((problem) => (
                <li key={problem.field + problem.code}>
                  <a
                    className="coviu-link"
                    href={`#${id}-${problem.field}`}
                    onClick={(event) => {
                      event.preventDefault();
                      focusField(problem.field);
                    }}
                  >
                    {words(problemText(problem, text, zoned), problemTimes(problem, zoned))}
                  </a>
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {edit && (
          <EditConflict
            labels={labels}
            original={shownFields(edit.original, zoned)}
            mine={shownFields(edit.mine, zoned)}
            theirs={shownFields(edit.theirs, zoned)}
            theirChanges={theirChanges}
            conflict={conflict}
            saveId={`${id}-submit`}
          />
        )}
        {isChecking && !unconfirmed && (
          <Notice icon="refresh" title={text.checkingTitle}>
            {text.checkingBody}
          </Notice>
        )}
        {unconfirmed && (
          <UnconfirmedNotice id={`${id}-submit`} unconfirmed={unconfirmed} onCheck={scheduler.submit} text={text} />
        )}
        {error !== undefined && !over && <FailureNotice error={error} kind="write" />}
        {unread !== undefined && !over && <FailureNotice error={unread} />}
        {over ? (
          <Notice tone="warning" role="alert">
            <span id={`${id}-over`}>{text.over[over]}</span> {dirty && text.typedStays}
          </Notice>
        ) : (
          current && (
            <p className="coviu-text">
              {words(text.current(current), [current])} {movable ? text.keepLinks : text.cannotMove}{" "}
              {lateStart && lateStart !== session.start_time && lateText(lateStart)}
            </p>
          )
        )}
      </>
    );
  },
);
