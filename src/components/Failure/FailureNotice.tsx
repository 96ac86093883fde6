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
   * Kind of request that failed. The error of a `write` is announced at once, everything else politely. With `check` the
   * notice says nothing about the data: that is shown beside it.
   *
   * @default "read"
   */
  kind?: FailureKind | undefined;
  /** Data that could not be shown, if the error alone does not name it. */
  title?: string | undefined;
  /** Texts in place of those for the error. */
  words?: FailureText | undefined;
  /** Time at which the data that stays on the screen was read, in ms since 1970. The notice then tells its age. */
  readAt?: number | undefined;
  /** Sends the same request again. Leave it out if that can’t help. */
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

/** The notice without a root of its own, for use inside another component. */
export function InlineFailure(props: InlineFailureProps) {
  const { error, kind = "read", title, words: given, readAt, onRetry, retrying } = props;
  const text = useMessages("failure", failureMessages, undefined);
  const seconds = useCountdown(error, secondsToWait(error, kind));
  const age = useAge(readAt);
  const isAnnounced = useIsAnnounced(error) && kind === "read";
  const id = useId();
  // The button stays enabled if the wait is longer than an hour.
  const mustWait = seconds !== undefined && seconds > 0 && seconds <= maxCountdownSeconds;
  const signIn = CoviuError.is(error) && error.code === "auth_required";
  const banner = useMessages("connectionBanner", connectionBannerMessages, undefined);
  const { client } = useCoviu();
  // The banner may be behind a dialog.
  const onBannerSignIn = useSignIn();
  const onSignIn = signIn && kind === "write" ? onBannerSignIn : undefined;
  const notice = useRef<HTMLDivElement>(null);
  // The pressed button may be further down.
  useEffect(() => {
    if (error && kind === "write") notice.current?.scrollIntoView?.({ block: "nearest" });
  }, [error, kind]);

  if (isAnnounced) {
    return (
      <Notice shape="line" tone={age ? "warning" : "neutral"} icon={age ? "warning" : "clock"}>
        {age ? renderIsolated(text.stale(age), [age.time]) : signIn ? text.waitingForSignIn : text.waiting}
      </Notice>
    );
  }

  const failed = given ?? lastingText(error, text, kind);
  const cause = kind === "check" ? `${failed.title}.` : `${failed.title}. ${failed.body}`;
  const shown = title && !age ? { title, body: cause } : failed;
  // The banner announces a lost sign-in with the same text, which is then announced once.
  const alert = kind === "write" && !signIn;
  return (
    <>
      <Notice
        ref={notice}
        role={alert ? "alert" : undefined}
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
                    // Sends at once, also while the circuit breaker holds back reads.
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
      {!alert && (
        <LiveStatus urgent={signIn} after={signIn ? 0 : 500}>
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
