import { forwardRef } from "react";

import { Notice } from "../../ui/Notice.tsx";
import { FailureNotice } from "../Failure/FailureNotice.tsx";
import { problemText } from "./problemText.ts";
import type { SchedulerPartProps } from "./SchedulerForm.tsx";
import { UnconfirmedNotice } from "./UnconfirmedNotice.tsx";
import { bookedText, shownTimes } from "./when.ts";

/** What came of it, or stands in the way. The `ref` is that of the summary of problems. */
export const SchedulerNotices = forwardRef<HTMLDivElement, Omit<SchedulerPartProps, "errorOf">>(
  function SchedulerNotices({ scheduler, text, zoned, id }, ref) {
    const { session, status, summary, editing, movable, error, unconfirmed, booked } = scheduler;
    const over = status === "ended" || status === "canceled" ? text.over[status] : undefined;
    const current = session && shownTimes(session.start_time, session.end_time, zoned);
    return (
      <>
        {booked && (
          <Notice tone="success">
            <bdi>{bookedText(booked, editing, text, zoned)}</bdi>
          </Notice>
        )}
        {summary && (
          <Notice
            ref={ref}
            tone="danger"
            role="alert"
            tabIndex={-1}
            title={text.problems({ count: summary.length, editing })}
          >
            <ul className="coviu-error-list">
              {summary.map((problem) => (
                <li key={problem.field + problem.code}>
                  <a
                    className="coviu-link"
                    href={`#${id}-${problem.field}`}
                    onClick={(event) => {
                      event.preventDefault();
                      document.getElementById(`${id}-${problem.field}`)?.focus();
                    }}
                  >
                    {problemText(problem, text, zoned)}
                  </a>
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {unconfirmed && <UnconfirmedNotice unconfirmed={unconfirmed} text={text} />}
        {error !== undefined && <FailureNotice error={error} kind="write" />}
        {over ? (
          <Notice tone="warning">
            <span id={`${id}-over`}>{over}</span>
          </Notice>
        ) : (
          current && (
            <p className="coviu-text">
              {text.current(`${current.day}, ${current.times}`)} {movable ? text.keepLinks : text.cannotMove}
            </p>
          )
        )}
      </>
    );
  },
);
