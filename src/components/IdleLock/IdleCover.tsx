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

/** Number of seconds left at which they are announced a second time. */
const lastAnnouncementSeconds = 10;

/** Native modal dialog. It is above all other dialogs, and the rest of the page is inert. */
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
  // A screen reader reads the first content when the dialog opens. Only later changes are announced.
  const [initial] = useState({ state, secondsLeft });
  const root = useRef<HTMLDialogElement>(null);
  useImperativeHandle<HTMLDialogElement | null, HTMLDialogElement | null>(ref, () => root.current);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const isCovered = state === "covered";
  // The document has the sheet already; a shadow root needs its own. This effect comes before `coverPage`, because its
  // cleanup has to make the page visible before the focus is restored.
  useLayoutEffect(() => (isCovered && root.current ? addCoverSheet(root.current) : undefined), [isCovered]);
  useLayoutEffect(() => (root.current ? coverPage(root.current, button.current) : undefined), []);

  const isWarned = state === "warned";
  const { title, body } = isWarned ? text.warned : text.covered;
  const announcement = isWarned
    ? secondsLeft <= lastAnnouncementSeconds && initial.secondsLeft > lastAnnouncementSeconds
      ? text.secondsLeft(lastAnnouncementSeconds)
      : ""
    : initial.state === state
      ? ""
      : title;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the clock listens for keys
    <dialog
      {...inherited}
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      {...props}
      ref={root}
      className={classes("coviu coviu-idle-lock", className)}
      data-state={state}
      onClick={isWarned ? stay : undefined}
    >
      <div className="coviu-dialog" data-size="small">
        <DialogFrame
          title={
            <h2 className="coviu-title" id={`${id}-title`}>
              {title}
            </h2>
          }
          description={
            <p className="coviu-text" id={`${id}-text`}>
              {body}
            </p>
          }
          closeLabel={undefined}
          onClose={stay}
          footer={
            <Button ref={button} variant="primary" busy={uncovering} onClick={isWarned ? stay : () => void uncover()}>
              {isWarned ? text.stay : error === undefined ? text.uncover : failure.retry}
            </Button>
          }
        >
          {isWarned && (
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
