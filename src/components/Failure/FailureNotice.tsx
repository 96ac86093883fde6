import { useEffect, useId, useRef } from "react";

import { CoviuError } from "../../api/errors.ts";
import { useHasBanner, useSignIn } from "../../hooks/connectionBanners.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { connectionBannerMessages } from "../connection/messages.ts";
import { useAnnouncedConnection } from "../connection/useAnnouncedConnection.ts";
import { useAge } from "../time/useAge.ts";
import { type Kind, lastingText, maxCountdownSeconds, secondsToWait, waitText } from "./failureText.ts";
import { type FailureText, failureMessages } from "./messages.ts";
import { useCountdown } from "./useCountdown.ts";

interface FailureNoticeProps {
  error: unknown;
  /** A look is for a write whose answer never came: what its failure means for the data is told beside it. */
  kind?: Kind;
  /** What could not be shown, where the failure alone would not tell. */
  title?: string | undefined;
  /** Words in place of those for the error. */
  words?: FailureText | undefined;
  /** When that was read which stays on the screen, in milliseconds since 1970. */
  readAt?: number | undefined;
  /** Sends the same request again; left out where that can’t help. */
  onRetry?: (() => void) | undefined;
  retrying?: boolean | undefined;
}

/**
 * What went wrong and what to do. What is still there is marked with its age; what the banner tells is not told again.
 * The answer to a write is said at once, everything else politely.
 */
export function FailureNotice(props: FailureNoticeProps) {
  const { error, kind = "read", title, words: given, readAt, onRetry, retrying } = props;
  const text = useMessages("failure", failureMessages, undefined);
  const seconds = useCountdown(error, secondsToWait(error, kind));
  const age = useAge(readAt);
  const told = useIsTold(error) && kind === "read";
  const id = useId();
  // A service that asks for more may be asked all the same: nobody waits for it.
  const mustWait = seconds !== undefined && seconds > 0 && seconds <= maxCountdownSeconds;
  const signIn = CoviuError.is(error) && error.code === "auth_required";
  const banner = useMessages("connectionBanner", connectionBannerMessages, undefined);
  const { client } = useCoviu();
  // The banner's own may lie behind a dialog.
  const onBannerSignIn = useSignIn();
  const onSignIn = signIn && kind === "write" ? onBannerSignIn : undefined;
  const notice = useRef<HTMLDivElement>(null);
  // Whoever has pressed a button further down sees what came of it.
  useEffect(() => {
    if (error && kind === "write") notice.current?.scrollIntoView?.({ block: "nearest" });
  }, [error, kind]);

  if (told) {
    return (
      <Notice shape="line" tone={age ? "warning" : "neutral"} icon={age ? "warning" : "clock"}>
        {age ? renderIsolated(text.stale(age), [age.time]) : signIn ? text.waitingForSignIn : text.waiting}
      </Notice>
    );
  }

  const failed = given ?? lastingText(error, text, kind);
  const cause = kind === "look" ? `${failed.title}.` : `${failed.title}. ${failed.body}`;
  const said = title && !age ? { title, body: cause } : failed;
  // The banner says the same words of a lost sign-in: there they come together.
  const alert = kind === "write" && !signIn;
  return (
    <>
      <Notice
        ref={notice}
        role={alert ? "alert" : undefined}
        tone={age ? "warning" : "danger"}
        shape={age ? "line" : undefined}
        title={said.title}
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
                    // Sent at once, also where reads of this client wait for the service.
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
        {age ? renderIsolated(text.stale(age), [age.time]) : renderIsolated(said.body)}
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
          {`${said.title}. ${said.body}`}
        </LiveStatus>
      )}
      <LiveStatus>{seconds === 0 ? text.retryNow : ""}</LiveStatus>
    </>
  );
}

/** Whether the banner of this client tells of it. */
function useIsTold(error: unknown): boolean {
  const state = useAnnouncedConnection();
  const hasBanner = useHasBanner();
  return (
    state !== "up" &&
    hasBanner &&
    CoviuError.is(error) &&
    /^(auth_required|auth_unavailable|unreachable|timeout|server)$/.test(error.code)
  );
}
