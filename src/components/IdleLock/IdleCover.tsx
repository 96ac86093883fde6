import {
  type ComponentPropsWithoutRef,
  forwardRef,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";

import { CoviuError } from "../../api/errors.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { Button } from "../../ui/Button.tsx";
import { classes } from "../../ui/classes.ts";
import { DialogFrame } from "../../ui/DialogFrame.tsx";
import { useInheritedAttributes } from "../../ui/inheritedAttributes.ts";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { usePortal } from "../../ui/usePortal.ts";
import { InlineFailure } from "../Failure/FailureNotice.tsx";
import { lastingText } from "../Failure/failureText.ts";
import { failureMessages } from "../Failure/messages.ts";
import { coverPage } from "./coverPage.ts";
import { addCoverSheet } from "./coverSheet.ts";
import type { IdleLockMessages } from "./messages.ts";
import type { UseIdleLockResult } from "./useIdleLock.ts";

interface IdleCoverProps extends ComponentPropsWithoutRef<"dialog"> {
  lock: UseIdleLockResult;
  state: "warned" | "covered";
  text: IdleLockMessages;
}

/** Number of seconds left at which they are announced once more. */
const lastCallSeconds = 10;

/**
 * The browser's own modal dialog: above everything, dialogs in portals included, with the rest of the page out of
 * reach; and nothing has to be loaded for it.
 */
export const IdleCover = forwardRef<HTMLDialogElement, IdleCoverProps>(function IdleCover(props, ref) {
  const { setPlace, place, portal } = usePortal({ outermost: true });
  return (
    <>
      <span ref={setPlace} hidden />
      {place && portal && createPortal(<Cover {...props} ref={ref} place={place} />, portal)}
    </>
  );
});

const Cover = forwardRef<HTMLDialogElement, IdleCoverProps & { place: HTMLElement }>(function Cover(
  { lock, state, text, place, className, ...props },
  ref,
) {
  const { secondsLeft = 0, stay, uncover, uncovering, error } = lock;
  const failure = useMessages("failure", failureMessages, undefined);
  const inherited = useInheritedAttributes(place);
  // What it opened with is read out with it.
  const [first] = useState({ state, secondsLeft });
  const root = useRef<HTMLDialogElement>(null);
  useImperativeHandle<HTMLDialogElement | null, HTMLDialogElement | null>(ref, () => root.current);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const isCovered = state === "covered";
  // A shadow root needs it too. Before the next effect, so that the page is seen again when the focus goes back to it.
  useLayoutEffect(() => (isCovered && root.current ? addCoverSheet(root.current) : undefined), [isCovered]);
  useLayoutEffect(() => (root.current ? coverPage(root.current, button.current) : undefined), []);

  const warned = state === "warned";
  const words = warned ? text.warned : text.covered;
  const announcement = warned
    ? secondsLeft <= lastCallSeconds && first.secondsLeft > lastCallSeconds
      ? text.secondsLeft(lastCallSeconds)
      : ""
    : first.state === state
      ? ""
      : words.title;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- any key is heard by the clock
    <dialog
      {...inherited}
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      {...props}
      ref={root}
      className={classes("coviu coviu-idle-lock", className)}
      data-state={state}
      onClick={warned ? stay : undefined}
    >
      <div className="coviu-dialog" data-size="small">
        <DialogFrame
          title={
            <h2 className="coviu-title" id={`${id}-title`}>
              {words.title}
            </h2>
          }
          description={
            <p className="coviu-text" id={`${id}-text`}>
              {words.body}
            </p>
          }
          closeLabel={undefined}
          onClose={stay}
          footer={
            <Button ref={button} variant="primary" busy={uncovering} onClick={warned ? stay : () => void uncover()}>
              {warned ? text.stay : error === undefined ? text.uncover : failure.retry}
            </Button>
          }
        >
          {warned && (
            <p className="coviu-strong" role="timer">
              {text.secondsLeft(secondsLeft)}
            </p>
          )}
          {error !== undefined && (
            <InlineFailure
              error={error}
              kind="write"
              words={CoviuError.is(error) ? lastingText(error, failure, "read") : text.notConfirmed}
            />
          )}
        </DialogFrame>
      </div>
      <LiveStatus>{announcement}</LiveStatus>
    </dialog>
  );
});
