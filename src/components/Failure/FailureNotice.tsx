import { type ComponentPropsWithoutRef, forwardRef, useEffect, useId, useRef } from "react";

import { CoviuError } from "../../api/errors.ts";
import { useHasBanner, useSignIn } from "../../hooks/connectionBanners.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { maskedProps } from "../../ui/sessionReplay.ts";
import { connectionBannerMessages } from "../connection/messages.ts";
import { useAnnouncedConnection } from "../connection/useAnnouncedConnection.ts";
import { useAge } from "../time/useAge.ts";
import { type FailureKind, lastingText, maxCountdownSeconds, secondsToWait, waitText } from "./failureText.ts";
import { type FailureText, failureMessages } from "./messages.ts";
import { useCountdown } from "./useCountdown.ts";

export interface FailureNoticeProps extends Omit<ComponentPropsWithoutRef<"div">, "children" | "title"> {
  /** Error of a query or a mutation. */
  error: unknown;
  /**
   * Kind of request that failed. The error of a `write` is announced at once, all others politely. With `check` the
   * notice does not mention the data, because another notice does.
   *
   * @default "read"
   */
  kind?: FailureKind | undefined;
  /** Data that could not be shown, if the error alone does not name it. */
  title?: string | undefined;
  /** Texts in place of those for the error. */
  words?: FailureText | undefined;
  /** Time at which the data that stays on the screen was read, in ms since 1970. The notice then shows its age. */
  readAt?: number | undefined;
  /** Sends the same request again. Omit it if the request would fail again. */
  onRetry?: (() => void) | undefined;
  /** Whether the request is being sent again. */
  retrying?: boolean | undefined;
}

/**
 * Notice of a failed request: what happened and what to do. Data that stays on the screen is marked with its age. An
 * outage that the `ConnectionBanner` announces is not announced again.
 *
 * @example
 *   function Sessions() {
 *     const { data, error, dataUpdatedAt, refetch, isFetching } = useSessions();
 *     return (
 *       <>
 *         {error && (
 *           <FailureNotice error={error} readAt={data && dataUpdatedAt} onRetry={refetch} retrying={isFetching} />
 *         )}
 *         {data?.content.map(({ session_id, session_name }) => <p key={session_id}>{session_name}</p>)}
 *       </>
 *     );
 *   }
 */
export const FailureNotice = forwardRef<HTMLDivElement, FailureNoticeProps>(function FailureNotice(
  { error, kind, title, words, readAt, onRetry, retrying, className, ...props },
  ref,
) {
  return (
    <div ref={ref} {...maskedProps("coviu-failure", className)} {...props} data-state="error">
      <InlineFailure {...{ error, kind, title, words, readAt, onRetry, retrying }} />
    </div>
  );
});

type InlineFailureProps = Pick<
  FailureNoticeProps,
  "error" | "kind" | "title" | "words" | "readAt" | "onRetry" | "retrying"
>;

/** `FailureNotice` without a root element, for use inside another component. */
export function InlineFailure(props: InlineFailureProps) {
  const { error, kind = "read", title, words: given, readAt, onRetry, retrying } = props;
  const text = useMessages("failure", failureMessages, undefined);
  const seconds = useCountdown(error, secondsToWait(error, kind));
  const age = useAge(readAt);
  const isAnnounced = useIsAnnounced(error) && kind === "read";
  const id = useId();
  // The button stays enabled if the wait is longer than an hour.
  const mustWait = seconds !== undefined && seconds > 0 && seconds <= maxCountdownSeconds;
  const isSignedOut = CoviuError.is(error) && error.code === "auth_required";
  const banner = useMessages("connectionBanner", connectionBannerMessages, undefined);
  const { client } = useCoviu();
  // A form offers the sign-in itself, because a dialog may cover the banner.
  const onBannerSignIn = useSignIn();
  const onSignIn = isSignedOut && kind === "write" ? onBannerSignIn : undefined;
  const notice = useRef<HTMLDivElement>(null);
  // The user may have scrolled down to the button that was pressed.
  useEffect(() => {
    if (error && kind === "write") notice.current?.scrollIntoView?.({ block: "nearest" });
  }, [error, kind]);

  if (isAnnounced) {
    return (
      <Notice shape="line" tone={age ? "warning" : "neutral"} icon={age ? "warning" : "clock"}>
        {age ? renderIsolated(text.stale(age), [age.time]) : isSignedOut ? text.waitingForSignIn : text.waiting}
      </Notice>
    );
  }

  const failure = given ?? lastingText(error, text, kind);
  const cause = kind === "check" ? `${failure.title}.` : `${failure.title}. ${failure.body}`;
  const shown = title && !age ? { title, body: cause } : failure;
  // The banner announces a lost sign-in with the same text. Screen readers then read it once.
  const isAlert = kind === "write" && !isSignedOut;
  return (
    <>
      <Notice
        ref={notice}
        role={isAlert ? "alert" : undefined}
        tone={age ? "warning" : "danger"}
        shape={age ? "line" : undefined}
        title={shown.title}
        actions={
          (onRetry || onSignIn) && (
            <>
              {onSignIn && (
                <Button size="small" variant="primary" onClick={onSignIn}>
                  {banner.signIn}
                </Button>
              )}
              {onRetry && (
                <Button
                  size="small"
                  icon="refresh"
                  busy={retrying}
                  reason={mustWait ? id : undefined}
                  onClick={() => {
                    // Closes the circuit breaker, which would delay reads.
                    client.connection.resume();
                    onRetry();
                  }}
                >
                  {text.retry}
                </Button>
              )}
            </>
          )
        }
      >
        {age ? renderIsolated(text.stale(age), [age.time]) : renderIsolated(shown.body)}
        {seconds !== undefined && (
          <>
            {" "}
            <span role="timer" id={id}>
              {waitText(seconds, text)}
            </span>
          </>
        )}
      </Notice>
      {!isAlert && (
        <LiveStatus urgent={isSignedOut} after={isSignedOut ? 0 : 500}>
          {`${shown.title}. ${shown.body}`}
        </LiveStatus>
      )}
      <LiveStatus>{seconds === 0 ? text.retryNow : ""}</LiveStatus>
    </>
  );
}

/** Whether a banner announces the error. */
function useIsAnnounced(error: unknown): boolean {
  const state = useAnnouncedConnection();
  const hasBanner = useHasBanner();
  return (
    state !== "up" &&
    hasBanner &&
    CoviuError.is(error) &&
    /^(auth_required|auth_unavailable|unreachable|timeout|server)$/.test(error.code)
  );
}
