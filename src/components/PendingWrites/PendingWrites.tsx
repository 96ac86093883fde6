import {
  type ComponentPropsWithoutRef,
  forwardRef,
  type ReactNode,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useRef,
} from "react";

import type { Operation } from "../../api/operations.ts";
import type { SessionCreationRequest } from "../../api/requests.ts";
import type { Session } from "../../api/schemas.ts";
import { areDuplicates } from "../../domain/duplicates.ts";
import { isolated, shownName } from "../../domain/roles.ts";
import { dayOf } from "../../domain/wallClock.ts";
import { useCachedSession } from "../../hooks/useCachedSession.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import type { PendingWrite } from "../../hooks/usePendingWrites.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice, type NoticeProps } from "../../ui/Notice.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { RestoreFocusOnUnmount } from "../../ui/RestoreFocusOnUnmount.tsx";
import { maskedProps } from "../../ui/sessionReplay.ts";
import { failureText } from "../Failure/failureText.ts";
import { failureMessages } from "../Failure/messages.ts";
import { type PendingWritesMessages, pendingWritesMessages } from "./messages.ts";
import { type SettledWrite, usePendingWriteNotices } from "./usePendingWriteNotices.ts";

export interface PendingWritesProps extends Omit<ComponentPropsWithoutRef<"div">, "children"> {
  /** Called by *Show it* with the new session of a booking. @default no button */
  onShow?: ((session: Session) => void) | undefined;
  /** Texts in place of those of the provider. @default the texts of the provider, else English ones */
  messages?: Partial<PendingWritesMessages> | undefined;
}

/**
 * Notices about writes whose form is closed, and about bookings that a reload has interrupted. The browser asks before the
 * page is left while one of them is open. Place it once, outside of dialogs. `FrontDesk` contains it.
 *
 * @example
 *   <PendingWrites onShow={(session) => open(session.session_id)} />
 */
export const PendingWrites = forwardRef<HTMLDivElement, PendingWritesProps>(function PendingWrites(
  { onShow, messages, className, ...props },
  ref,
) {
  const text = useMessages("pendingWrites", pendingWritesMessages, messages);
  const { now } = useCoviu();
  const format = useFormat();
  const { writes, close, settled, dismiss, interrupted, drop } = usePendingWriteNotices();
  const isEmpty = interrupted.length + writes.length + settled.length === 0;
  const place = useRef<HTMLDivElement>(null);
  useImperativeHandle<HTMLDivElement | null, HTMLDivElement | null>(ref, () => place.current);

  return (
    <LiveStatus
      visible
      place={place}
      {...maskedProps("coviu-pending-writes", className)}
      {...props}
      data-state={isEmpty ? "empty" : "ready"}
    >
      {interrupted.map(({ id, startedAt }) => {
        const isToday = dayOf(startedAt, format.timeZone) === dayOf(now(), format.timeZone);
        const day = isToday ? undefined : format.day(startedAt);
        const time = format.time(startedAt);
        return (
          <Bar
            key={id}
            tone="warning"
            title={text.interrupted({ time, day })}
            times={[time, day]}
            onDismiss={() => drop(id)}
            text={text}
            place={place}
          >
            {text.interruptedBody}
          </Bar>
        );
      })}
      {writes.map((write, index) => (
        <WriteNotice key={index} write={write} onDismiss={() => close(write.variables)} {...{ onShow, text, place }} />
      ))}
      {settled.map((write, index) => (
        <SettledNotice key={index} write={write} onDismiss={() => dismiss(write)} {...{ onShow, text, place }} />
      ))}
    </LiveStatus>
  );
});

interface PartProps<Write> {
  write: Write;
  onDismiss: () => void;
  onShow: PendingWritesProps["onShow"];
  text: PendingWritesMessages;
  place: RefObject<HTMLDivElement | null>;
}

function WriteNotice({ write, onDismiss, onShow, text, place }: PartProps<PendingWrite>) {
  const { operation, phase, checkCount, error, check } = write;
  const failure = useMessages("failure", failureMessages, undefined);
  const data = isBooking(write) ? write.data : undefined;
  const duplicate = useCachedSession((row) => data !== undefined && areDuplicates(data, row));
  const canceled = useCachedSession((row) => row.session_id === data?.session_id && row.canceled_time !== undefined);
  const what = useWriteText(operation, isBooking(write) ? write.variables : undefined, text);
  const bar = { text, place, onDismiss };
  // The session was canceled, so there is no duplicate any more.
  useEffect(() => {
    if (canceled) onDismiss();
  }, [canceled, onDismiss]);

  if (phase === "sending" || phase === "checking") {
    return (
      <Bar tone="neutral" icon="refresh" title={text[phase]} text={text} place={place}>
        {what}
      </Bar>
    );
  }
  if (phase === "confirmed") {
    return (
      <Bar
        {...bar}
        tone={duplicate ? "warning" : "success"}
        title={duplicate ? text.confirmedDuplicate : text.confirmed}
        session={data}
        onShow={onShow}
      >
        {what} {duplicate && text.confirmedDuplicateBody}
      </Bar>
    );
  }
  const reason = error ? failureText(error, failure, "read").title : checkCount > 0 ? text.notFound : text.unknownBody;
  return (
    <Bar {...bar} tone="warning" title={text.unknown} onCheck={() => void check()}>
      {what} {reason}
    </Bar>
  );
}

function SettledNotice({ write, onDismiss, onShow, text, place }: PartProps<SettledWrite>) {
  const { operation, data, error } = write;
  const failure = useMessages("failure", failureMessages, undefined);
  const session = operation === "createSession" && isSession(data) ? data : undefined;
  const what = useWriteText(operation, session, text);
  const { title, body } = failureText(error, failure, "write");
  return (
    <Bar
      tone={error ? "danger" : "success"}
      title={error ? text.refused : text.done}
      session={session}
      onShow={onShow}
      onDismiss={onDismiss}
      text={text}
      place={place}
    >
      {what} {error && renderIsolated(`${title}. ${body}`)}
    </Bar>
  );
}

interface BarProps extends Pick<NoticeProps, "tone" | "icon"> {
  title: string;
  /** Times and days in the title. Browsers do not translate them. */
  times?: readonly (string | undefined)[];
  children: ReactNode;
  session?: Session | undefined;
  onShow?: PendingWritesProps["onShow"];
  onCheck?: (() => void) | undefined;
  onDismiss?: (() => void) | undefined;
  text: PendingWritesMessages;
  /** Element that gets the focus when the bar is removed. */
  place: RefObject<HTMLDivElement | null>;
}

function Bar({ title, times, children, session, onShow, onCheck, onDismiss, text, place, ...notice }: BarProps) {
  return (
    <Notice
      {...notice}
      title={renderIsolated(title, times)}
      actions={
        <>
          {onCheck && (
            <Button size="small" variant="primary" onClick={onCheck}>
              {text.checkAgain}
            </Button>
          )}
          {session && onShow && (
            <Button size="small" onClick={() => onShow(session)}>
              {text.show}
            </Button>
          )}
          {onDismiss && (
            <Button size="small" variant="quiet" onClick={onDismiss}>
              {text.dismiss}
            </Button>
          )}
        </>
      }
    >
      <bdi>{children}</bdi>
      <RestoreFocusOnUnmount key={title} within={place} />
    </Notice>
  );
}

/** Text of a write, with the name and the time of a booking. */
function useWriteText(
  operation: Operation,
  booking: SessionCreationRequest | undefined,
  text: PendingWritesMessages,
): ReactNode {
  const format = useFormat();
  const values = booking && {
    name: isolated(shownName(booking.session_name) ?? text.untitled),
    day: format.day(booking.start_time),
    time: format.time(booking.start_time),
  };
  return renderIsolated(text.what({ operation, booking: values }), [values?.day, values?.time]);
}

function isBooking(write: PendingWrite): write is PendingWrite<Session, SessionCreationRequest> {
  return write.operation === "createSession";
}

function isSession(data: unknown): data is Session {
  return typeof data === "object" && data !== null && "session_id" in data;
}
