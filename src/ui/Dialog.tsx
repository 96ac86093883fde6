import { type MouseEvent, type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";

import { focusedNear, isElement, isFocusLost } from "../provider/dom.ts";
import { lastClicked } from "../provider/lastClicked.ts";
import { joinAnnouncer } from "./announcer.ts";
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
  /** Called by Esc, the close button and a click outside. An `alertdialog` ignores clicks outside. */
  onClose: () => void;
  title: ReactNode;
  /** Text that screen readers read when the dialog opens. */
  description?: ReactNode;
  role?: "dialog" | "alertdialog" | undefined;
  size?: "small" | undefined;
  /** Name of the close button. @default no close button */
  closeLabel?: string | undefined;
  footer?: ReactNode;
  children?: ReactNode;
  /** Element that gets the focus when the dialog opens. @default the first focusable element */
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  /** Element that gets the focus when the dialog closes, if its opener was removed. */
  returnFocus?: RefObject<HTMLElement | null> | undefined;
}

/** Modal dialog. With `role="alertdialog"` it is a question that requires a response. */
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

/** Native `<dialog>` that fills the window. Its visible part is centered in it. */
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
    const leaveAnnouncer = joinAnnouncer(dialog);
    const controller = new AbortController();
    // The browser closes dialogs too, for example by the back gesture of Android.
    dialog.addEventListener("cancel", handleCancel, { signal: controller.signal });
    function handleCancel(event: Event): void {
      if (event.target !== dialog) return;
      event.preventDefault();
      onEscape();
    }
    (latest.current.initialFocus?.current ?? tabbableIn(dialog)[0] ?? dialog).focus();
    return () => {
      controller.abort();
      unregister();
      close();
      leaveAnnouncer();
    };
  }, []);

  // A microtask runs after the effects of the component that closed the dialog. They may move the focus themselves.
  useEffect(() => {
    const { current: dialog } = root;
    return () => queueMicrotask(handleClosed);
    function handleClosed(): void {
      // StrictMode has opened the dialog again.
      if (!dialog || isModal(dialog)) return;
      // The dialog is still in the page if React only hides it, as in a suspended tree.
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

/** The focused element. In browsers that do not focus a clicked element, the one that was clicked last. */
function openerNear(place: HTMLElement): HTMLElement | undefined {
  const focused = isFocusLost(place) ? lastClicked(place.ownerDocument) : focusedNear(place);
  return isElement(focused) ? focused : undefined;
}

/** Focuses the first of these elements that is in the page and focusable. Does nothing unless the focus is lost. */
function focusFirst(near: Element, ...targets: (HTMLElement | null | undefined)[]): void {
  if (!isFocusLost(near)) return;
  for (const target of targets) {
    if (!target?.isConnected) continue;
    target.focus();
    if (focusedNear(target) === target) return;
  }
}
