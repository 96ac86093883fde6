import { type ComponentPropsWithoutRef, forwardRef, useId, useRef, useState } from "react";

import type { Session } from "../../api/schemas.ts";
import { shownName } from "../../domain/roles.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { masked } from "../../ui/recorders.ts";
import { SkeletonRows } from "../../ui/Skeleton.tsx";
import { useRetry } from "../../ui/useRetry.ts";
import { FailureNotice } from "../Failure/FailureNotice.tsx";
import { ParticipantList } from "../ParticipantList/ParticipantList.tsx";
import { SessionSchedulerDialog } from "../SessionScheduler/SessionSchedulerDialog.tsx";
import { CancelDialog } from "./CancelDialog.tsx";
import { sessionDetailsMessages, type SessionDetailsMessages } from "./messages.ts";
import { SessionActions } from "./SessionActions.tsx";
import { SessionFacts } from "./SessionFacts.tsx";
import { StatusBar } from "./StatusBar.tsx";
import { useSessionDetails } from "./useSessionDetails.ts";

export interface SessionDetailsProps extends Omit<ComponentPropsWithoutRef<"section">, "children"> {
  sessionId: string;
  /** The `state` of the person who uses this screen: only their own entry is offered as *Join*. */
  joinAs?: string | undefined;
  /** Shows a way back to where the session was chosen. */
  onBack?: (() => void) | undefined;
  onBookAgain?: ((session: Session) => void) | undefined;
  onCanceled?: ((session: Session) => void) | undefined;
  /** Level of the session's name; 2 by default. */
  headingLevel?: 2 | 3 | undefined;
  messages?: Partial<SessionDetailsMessages> | undefined;
}

/** One session with its status, times, people, and the actions its rules allow. */
export const SessionDetails = forwardRef<HTMLElement, SessionDetailsProps>(function SessionDetails(
  { sessionId, joinAs, onBack, onBookAgain, onCanceled, headingLevel = 2, messages, className, ...props },
  ref,
) {
  const text = useMessages("sessionDetails", sessionDetailsMessages, messages);
  const details = useSessionDetails(sessionId);
  const { session, gone, status, rules, now } = details;
  const [dialog, setDialog] = useState<"cancel" | "reschedule">();
  const [told, setTold] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  const { error, retry } = useRetry(session, heading);
  const id = useId();
  const Heading = `h${headingLevel}` as const;
  const known = status && session.data;
  const data = gone ? undefined : known;
  const name = known ? (shownName(known.session_name) ?? text.untitled) : error ? text.failed : text.loading;
  const state = (!gone && status) || (error ? "error" : "pending");

  function canceled(known: Session) {
    setDialog(undefined);
    setTold(text.canceledDone(name));
    onCanceled?.(known);
  }

  return (
    <section
      ref={ref}
      aria-labelledby={id}
      {...masked("coviu-session-details", className)}
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
      <LiveStatus>{told}</LiveStatus>
      <div className="coviu-section">
        <Heading ref={heading} className="coviu-title" id={id} tabIndex={-1}>
          <bdi>{name}</bdi>
        </Heading>
        {error !== undefined && (
          <FailureNotice
            error={error}
            readAt={data && session.dataUpdatedAt}
            retrying={session.isFetching}
            onRetry={retry}
          />
        )}
        {state === "pending" && <SkeletonRows rows={1} kind="details" />}
        {data && status && rules && (
          <>
            <SessionFacts session={data} text={text} />
            <SessionActions
              session={data}
              status={status}
              rules={rules}
              joinAs={joinAs}
              onReschedule={() => {
                setTold("");
                setDialog("reschedule");
              }}
              onCancel={() => {
                details.cancellation.reset();
                setDialog("cancel");
              }}
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
                  <bdi>{shownName(flag)}</bdi>
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
      {data && <ParticipantList sessionId={sessionId} headingLevel={headingLevel === 2 ? 3 : 4} />}
      {data && rules && (
        <CancelDialog
          open={dialog === "cancel"}
          returnFocus={heading}
          session={data}
          details={details}
          onClose={() => setDialog(undefined)}
          onCanceled={canceled}
          text={text}
        />
      )}
      {data && (
        <SessionSchedulerDialog
          open={dialog === "reschedule"}
          onOpenChange={(open) => setDialog(open ? "reschedule" : undefined)}
          sessionId={sessionId}
          onScheduled={() => {
            setDialog(undefined);
            setTold(text.moved(name));
          }}
        />
      )}
    </section>
  );
});
