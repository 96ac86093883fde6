import { type ComponentPropsWithoutRef, forwardRef, useId, useRef, useState } from "react";

import type { Session } from "../../api/schemas.ts";
import { shownName } from "../../domain/roles.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { maskedProps } from "../../ui/sessionReplay.ts";
import { SkeletonRows } from "../../ui/Skeleton.tsx";
import { useRetry } from "../../ui/useRetry.ts";
import { CancelDialog } from "../cancelSession/CancelDialog.tsx";
import { DuplicateNotice } from "../duplicates/DuplicateNotice.tsx";
import { InlineFailure } from "../Failure/FailureNotice.tsx";
import { ParticipantList } from "../ParticipantList/ParticipantList.tsx";
import { SessionSchedulerDialog } from "../SessionScheduler/SessionSchedulerDialog.tsx";
import { type Edited, EditedNotices } from "./EditedNotices.tsx";
import { sessionDetailsMessages, type SessionDetailsMessages } from "./messages.ts";
import { SessionActions } from "./SessionActions.tsx";
import { SessionFacts } from "./SessionFacts.tsx";
import { StatusBar } from "./StatusBar.tsx";
import { useSessionDetails } from "./useSessionDetails.ts";

export interface SessionDetailsProps extends Omit<ComponentPropsWithoutRef<"section">, "children"> {
  /** Session that is shown. */
  sessionId: string;
  /** The `state` of the user. *Join* leads only to their own entry. @default no *Join* */
  joinAs?: string | undefined;
  /** Called by the button back to the list. @default no button */
  onBack?: (() => void) | undefined;
  /** Called with the session that the user wants to book again. @default no such action */
  onBookAgain?: ((session: Session) => void) | undefined;
  /** Called with the session after it was canceled. */
  onCanceled?: ((session: Session) => void) | undefined;
  /** Level of the heading with the name. @default 2 */
  headingLevel?: 2 | 3 | undefined;
  /** Texts in place of those of the provider. @default the texts of the provider, else English ones */
  messages?: Partial<SessionDetailsMessages> | undefined;
}

/** Details of one session: status, times, participants, and the actions that its rules allow. */
export const SessionDetails = forwardRef<HTMLElement, SessionDetailsProps>(function SessionDetails(
  { sessionId, joinAs, onBack, onBookAgain, onCanceled, headingLevel = 2, messages, className, ...props },
  ref,
) {
  const text = useMessages("sessionDetails", sessionDetailsMessages, messages);
  const details = useSessionDetails(sessionId);
  const { session, gone, status, rules, now } = details;
  const [dialog, setDialog] = useState<"cancel" | "reschedule">();
  const [announcement, setAnnouncement] = useState("");
  const [edited, setEdited] = useState<Edited>();
  const heading = useRef<HTMLHeadingElement>(null);
  const { error, retry } = useRetry(session, heading);
  const id = useId();
  const Heading = `h${headingLevel}` as const;
  const known = status && session.data;
  const data = gone ? undefined : known;
  const name = known ? (shownName(known.session_name) ?? text.untitled) : error ? text.failed : text.loading;
  const state = (!gone && status) || (error ? "error" : "pending");

  function open(next: "cancel" | "reschedule") {
    details.cancellation.reset();
    setAnnouncement("");
    setEdited(undefined);
    setDialog(next);
  }

  function canceled(known: Session, already: boolean) {
    setDialog(undefined);
    setAnnouncement(already ? text.canceledBefore(name) : text.canceledDone(name));
    onCanceled?.(known);
  }

  return (
    <section
      ref={ref}
      aria-labelledby={id}
      {...maskedProps("coviu-session-details", className)}
      {...props}
      data-state={state}
      aria-busy={state === "pending"}
    >
      {onBack && (
        <div className="coviu-back">
          <Button variant="quiet" size="small" icon="back" onClick={onBack}>
            {text.back}
          </Button>
        </div>
      )}
      {data && status && now && <StatusBar session={data} status={status} now={now} text={text} />}
      <LiveStatus>{announcement}</LiveStatus>
      <div className="coviu-section">
        <Heading ref={heading} className="coviu-title" id={id} tabIndex={-1}>
          <bdi translate={known ? "no" : undefined}>{name}</bdi>
        </Heading>
        {error !== undefined && (
          <InlineFailure
            error={error}
            readAt={data && session.dataUpdatedAt}
            retrying={session.isFetching}
            onRetry={retry}
          />
        )}
        {state === "pending" && <SkeletonRows rows={1} kind="details" />}
        {data && details.duplicate && status !== "ended" && (
          <DuplicateNotice
            session={data}
            text={text}
            onCancel={rules?.cancel.allowed ? () => open("cancel") : undefined}
          />
        )}
        {data && <EditedNotices edited={edited} session={data} refetch={session.refetch} />}
        {data && status && rules && (
          <>
            <SessionFacts session={data} text={text} />
            <SessionActions
              session={data}
              status={status}
              rules={rules}
              joinAs={joinAs}
              onReschedule={() => open("reschedule")}
              onCancel={() => open("cancel")}
              onBookAgain={onBookAgain}
              text={text}
            />
          </>
        )}
        {data?.feature_flags?.length ? (
          <details className="coviu-details">
            <summary className="coviu-disclosure">
              <Icon name="next" flip />
              {text.flags(data.feature_flags.length)}
            </summary>
            <ul className="coviu-flags">
              {data.feature_flags.map((flag, index) => (
                <li key={index}>
                  <bdi translate="no">{shownName(flag)}</bdi>
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
      {/* An open dialog with typed text stays when the session is gone. */}
      {known && <ParticipantList sessionId={sessionId} headingLevel={headingLevel === 2 ? 3 : 4} />}
      {known && (
        <CancelDialog
          open={dialog === "cancel"}
          returnFocus={heading}
          session={known}
          canceling={details}
          onClose={() => {
            // `PendingWrites` shows a write with an unknown outcome.
            details.cancellation.reset();
            setDialog(undefined);
          }}
          onCanceled={canceled}
          text={text}
        />
      )}
      {known && (
        <SessionSchedulerDialog
          open={dialog === "reschedule"}
          returnFocus={heading}
          onOpenChange={(open) => setDialog(open ? "reschedule" : undefined)}
          sessionId={sessionId}
          onScheduled={(saved, theirChanges) => {
            setDialog(undefined);
            setAnnouncement(text.moved(shownName(saved.session_name) ?? text.untitled));
            setEdited({ saved, theirChanges });
          }}
        />
      )}
    </section>
  );
});
