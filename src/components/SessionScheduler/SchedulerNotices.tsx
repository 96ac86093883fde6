import { forwardRef } from "react";

import { Notice } from "../../ui/Notice.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { InlineFailure } from "../Failure/FailureNotice.tsx";
import { EditNotices } from "./EditNotices.tsx";
import { ProblemSummary } from "./ProblemSummary.tsx";
import { RecentDuplicateNotice } from "./RecentDuplicateNotice.tsx";
import { useSessionSchedulerContext } from "./SessionSchedulerContext.ts";
import { UnconfirmedNotice } from "./UnconfirmedNotice.tsx";
import type { BookingForm } from "./useBookingForm.ts";
import { scheduledText } from "./when.ts";

/** Shows the outcome of the last attempt, and problems that prevent the next. `ref` is the problem summary. */
export const SchedulerNotices = forwardRef<HTMLDivElement>(function SchedulerNotices(_, ref) {
  const { form, text, format } = useSessionSchedulerContext();
  const { scheduled } = form;
  return (
    <>
      {scheduled && (
        <Notice tone="success">
          <bdi>
            {renderIsolated(scheduledText(scheduled, form.kind, text, format), [
              format.day(scheduled.start_time),
              format.time(scheduled.start_time),
            ])}
          </bdi>
        </Notice>
      )}
      {form.kind === "booking" && <RecentDuplicateNotice recent={form.recent} requests={form.requests} />}
      <ProblemSummary ref={ref} />
      {form.kind === "edit" ? <EditNotices form={form} /> : <BookingNotices form={form} />}
    </>
  );
});

function BookingNotices({ form }: { form: BookingForm }) {
  const { text } = useSessionSchedulerContext();
  const { isChecking, unconfirmed, error } = form;
  return (
    <>
      {isChecking && !unconfirmed && (
        <Notice icon="refresh" title={text.checkingTitle}>
          {text.checkingBody}
        </Notice>
      )}
      {unconfirmed && <UnconfirmedNotice {...unconfirmed} />}
      {error !== undefined && <InlineFailure error={error} kind="write" />}
    </>
  );
}
