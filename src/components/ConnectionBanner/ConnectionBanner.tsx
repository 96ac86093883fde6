import { type ComponentPropsWithoutRef, forwardRef, useImperativeHandle, useRef, useState } from "react";

import { useProvideSignIn } from "../../hooks/connectionBanners.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { Button } from "../../ui/Button.tsx";
import { classes } from "../../ui/classes.ts";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { RestoreFocusOnUnmount } from "../../ui/RestoreFocusOnUnmount.tsx";
import { connectionBannerMessages, type ConnectionBannerMessages } from "../connection/messages.ts";
import { codeText } from "../Failure/failureText.ts";
import { failureMessages } from "../Failure/messages.ts";
import { useConnectionBanner } from "./useConnectionBanner.ts";

export interface ConnectionBannerProps extends Omit<ComponentPropsWithoutRef<"div">, "children"> {
  /** Opens your sign-in. Open it in another window, because typed text is lost if this page is left. */
  onSignIn?: (() => void) | undefined;
  /** Texts in place of those of the provider. @default the texts of the provider, else English ones */
  messages?: Partial<ConnectionBannerMessages> | undefined;
}

/**
 * Banner for a lost sign-in and for a service that can’t be reached. It disappears when the connection is back. While it is
 * on the page, the other components of the client do not announce the failure.
 */
export const ConnectionBanner = forwardRef<HTMLDivElement, ConnectionBannerProps>(function ConnectionBanner(
  { onSignIn, messages, className, ...props },
  ref,
) {
  const text = useMessages("connectionBanner", connectionBannerMessages, messages);
  const failure = useMessages("failure", failureMessages, undefined);
  const { state, problem, age, retry, retrying, tries } = useConnectionBanner();
  useProvideSignIn(onSignIn);
  const root = useRef<HTMLDivElement>(null);
  useImperativeHandle<HTMLDivElement | null, HTMLDivElement | null>(ref, () => root.current);
  const signedOut = state === "signed-out";
  const failed = problem && codeText(problem, failure);
  const good = state === "back" ? text.back : state === "signed-in" ? text.signedIn : undefined;

  return (
    <div
      ref={root}
      tabIndex={-1}
      {...props}
      className={classes("coviu coviu-connection", className)}
      data-state={state}
    >
      {failed && (
        <Notice
          tone={signedOut ? "danger" : "warning"}
          icon={signedOut ? "lock" : undefined}
          title={failed.title}
          actions={
            <>
              {signedOut && onSignIn && (
                <Button size="small" variant="primary" onClick={onSignIn}>
                  {text.signIn}
                </Button>
              )}
              <Button size="small" icon="refresh" busy={retrying} onClick={() => void retry()}>
                {failure.retry}
              </Button>
            </>
          }
        >
          {failed.body}
          {age && <p className="coviu-hint">{renderIsolated(failure.stale(age), [age.time])}</p>}
          <RestoreFocusOnUnmount within={root} />
        </Notice>
      )}
      {good && <Notice tone="success">{good}</Notice>}
      <InitialText key={`${state} ${tries}`} urgent={signedOut}>
        {failed ? `${failed.title}. ${failed.body}` : (good ?? "")}
      </InitialText>
    </div>
  );
});

/** Announces its first text only. Later changes, such as the age, are visible but not announced. */
function InitialText({ urgent, children }: { urgent: boolean; children: string }) {
  const [first] = useState(children);
  return <LiveStatus urgent={urgent}>{first}</LiveStatus>;
}
