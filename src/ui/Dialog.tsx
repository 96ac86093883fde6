import { type MouseEvent, type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";

import { focusedNear, isElement, isFocusLost } from "../provider/dom.ts";
import { lastClicked } from "../provider/lastClicked.ts";
import { join } from "./announcer.ts";
import { DialogFrame } from "./DialogFrame.tsx";
import { useInheritedAttributes } from "./inheritedAttributes.ts";
import { registerKeyHandler } from "./keyboardHandlers.ts";
import { loopTab } from "./loopTab.ts";
import { closeModal, isModal, openModal } from "./modalDialogs.ts";
import { renderIsolated } from "./renderIsolated.tsx";
import { maskedProps } from "./sessionReplay.ts";
import { stopEventPropagation } from "./stopPropagation.ts";
import { tabbableIn } from "./tabbable.ts";
import { usePortal } from "./usePortal.ts";

export interface DialogProps {
  open: boolean;
  /** Called to close it: by Esc, the close button or a click outside; an alertdialog ignores the last. */
  onClose: () => void;
  title: ReactNode;
  /** Text of a confirm, read out when it opens. */
  description?: ReactNode;
  role?: "dialog" | "alertdialog" | undefined;
  size?: "small" | undefined;
  /** Name of the close button. @default no close button */
  closeLabel?: string | undefined;
  footer?: ReactNode;
  children?: ReactNode;
  /** Gets the focus when it opens. @default the first element that can have it */
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  /** Gets the focus when it closes and the opener is gone. */
  returnFocus?: RefObject<HTMLElement | null> | undefined;
}

/** A modal dialog, or with `role="alertdialog"` a question that has to be answered. */
export function Dialog({ open, ...props }: DialogProps) {
  return open ? <OpenDialog {...props} /> : null;
}

type OpenDialogProps = Omit<DialogProps, "open">;

function OpenDialog(props: OpenDialogProps) {
  const { setPlace, place, portal } = usePortal();
  return (
    <>
      <span ref={setPlace} hidden />
      {place && portal && createPortal(<ModalDialog {...props} place={place} />, portal)}
    </>
  );
}

/** The browser's `<dialog>` fills the window; what is seen as the dialog lies in its middle. */
function ModalDialog({
  place,
  onClose,
  title,
  description,
  role = "dialog",
  size,
  closeLabel,
  footer,
  children,
  initialFocus,
  returnFocus,
}: OpenDialogProps & { place: HTMLElement }) {
  const root = useRef<HTMLDialogElement>(null);
  /** Element that had the focus when the dialog was opened. */
  const origin = useRef<{ opener: HTMLElement | undefined; around: HTMLElement | null }>(undefined);
  const isPressedOutside = useRef(false);
  const inherited = useInheritedAttributes(place);
  const id = useId();
  const latest = useRef({ onClose, initialFocus, returnFocus });
  useLayoutEffect(() => {
    latest.current = { onClose, initialFocus, returnFocus };
  });
  useLayoutEffect(() => {
    origin.current = origin.current ?? { opener: openerNear(place), around: place.parentElement };
  }, [place]);

  useLayoutEffect(() => {
    const { current: dialog } = root;
    if (!dialog) return undefined;
    const close = openModal(dialog);
    const onEscape = () => latest.current.onClose();
    const unregister = registerKeyHandler({ element: dialog, isModal: true, onEscape });
    const leaveAnnouncer = join(dialog);
    const leaving = new AbortController();
    // Asked for by the browser itself, such as Android's way back.
    dialog.addEventListener("cancel", cancel, { signal: leaving.signal });
    function cancel(event: Event): void {
      if (event.target !== dialog) return;
      event.preventDefault();
      onEscape();
    }
    (latest.current.initialFocus?.current ?? tabbableIn(dialog)[0] ?? dialog).focus();
    return () => {
      leaving.abort();
      unregister();
      close();
      leaveAnnouncer();
    };
  }, []);

  // After the effects of what closed it, which may have put the focus where the work goes on.
  useEffect(() => {
    const { current: dialog } = root;
    return () => queueMicrotask(leave);
    function leave(): void {
      // StrictMode has opened it again.
      if (!dialog || isModal(dialog)) return;
      // Hidden with what is around it.
      if (dialog.isConnected) closeModal(dialog);
      const { opener, around } = origin.current ?? {};
      focusFirst(around ?? dialog, opener, latest.current.returnFocus?.current);
    }
  }, []);

  function closeOutside(event: MouseEvent): void {
    event.stopPropagation();
    if (isPressedOutside.current && event.target === event.currentTarget && role !== "alertdialog") onClose();
  }

  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Esc does what a click outside does
    <dialog
      ref={root}
      role={role === "dialog" ? undefined : role}
      aria-labelledby={`${id}-title`}
      aria-describedby={description === undefined ? undefined : `${id}-text`}
      {...maskedProps("coviu-overlay")}
      {...inherited}
      {...stopEventPropagation}
      onMouseDown={(event) => {
        event.stopPropagation();
        isPressedOutside.current = event.target === event.currentTarget;
      }}
      onClick={closeOutside}
      onKeyDown={(event) => {
        event.stopPropagation();
        loopTab(event.currentTarget, event);
      }}
      // If head and foot scroll along, the focused element may be out of view.
      onFocus={({ target }) => target.scrollIntoView?.({ block: "nearest" })}
    >
      <div className="coviu-dialog" data-size={size}>
        <DialogFrame
          title={
            <h2 className="coviu-title" id={`${id}-title`}>
              {renderIsolated(title)}
            </h2>
          }
          description={
            description !== undefined && (
              <div className="coviu-text" id={`${id}-text`}>
                {renderIsolated(description)}
              </div>
            )
          }
          closeLabel={closeLabel}
          onClose={onClose}
          footer={footer}
        >
          {children}
        </DialogFrame>
      </div>
    </dialog>
  );
}

/** The focused element or, where clicks give no focus, the one that was clicked last. */
function openerNear(place: HTMLElement): HTMLElement | undefined {
  const focused = isFocusLost(place) ? lastClicked(place.ownerDocument) : focusedNear(place);
  return isElement(focused) ? focused : undefined;
}

/** Focuses the first of these that is there and can have it, unless the focus has been put somewhere already. */
function focusFirst(near: Element, ...targets: (HTMLElement | null | undefined)[]): void {
  if (!isFocusLost(near)) return;
  for (const target of targets) {
    if (!target?.isConnected) continue;
    target.focus();
    if (focusedNear(target) === target) return;
  }
}
