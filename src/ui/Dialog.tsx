import * as Radix from "@radix-ui/react-dialog";
import { type ReactNode, type RefObject, useRef, useState } from "react";

import { Button } from "./Button.tsx";

export interface DialogProps {
  open: boolean;
  /** Asked to close by Esc, the close button or a click outside; an alertdialog ignores the last. */
  onClose: () => void;
  title: ReactNode;
  /** Text of a confirm, read out when it opens. */
  description?: ReactNode;
  role?: "dialog" | "alertdialog" | undefined;
  size?: "small" | undefined;
  /** Name of the close button; without it there is none. */
  closeLabel?: string | undefined;
  footer?: ReactNode;
  children?: ReactNode;
  /** Gets the focus when it opens; the first element that can have it otherwise. */
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  /** Gets the focus when it closes, before the opener, if it is there then. */
  focusAfter?: RefObject<HTMLElement | null> | undefined;
  /** Gets the focus when it closes and the opener is gone. */
  returnFocus?: RefObject<HTMLElement | null> | undefined;
  container?: HTMLElement | undefined;
}

/** A modal dialog, or with `role="alertdialog"` a question that has to be answered. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  role = "dialog",
  size,
  closeLabel,
  footer,
  children,
  initialFocus,
  focusAfter,
  returnFocus,
  container,
}: DialogProps) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const opener = useRef<Element | null>(null);
  const surroundings = surroundingsOf(place);

  return (
    <>
      <span ref={setPlace} hidden />
      <Radix.Root open={open} onOpenChange={(next) => next || onClose()}>
        <Radix.Portal container={container}>
          <div className="coviu" {...surroundings}>
            <Radix.Overlay className="coviu-overlay">
              <Radix.Content
                className="coviu-dialog"
                role={role}
                data-size={size}
                onOpenAutoFocus={(event) => {
                  opener.current = document.activeElement;
                  if (!initialFocus?.current) return;
                  event.preventDefault();
                  initialFocus.current.focus();
                }}
                onCloseAutoFocus={(event) => {
                  event.preventDefault();
                  focusFirst(focusAfter?.current, opener.current, returnFocus?.current);
                }}
                onInteractOutside={(event) => {
                  if (role === "alertdialog") event.preventDefault();
                }}
              >
                <div className="coviu-dialog-head">
                  <Radix.Title className="coviu-title">{title}</Radix.Title>
                  {closeLabel && (
                    <Button variant="quiet" shape="icon" icon="close" aria-label={closeLabel} onClick={onClose} />
                  )}
                </div>
                <div className="coviu-dialog-body">
                  {description !== undefined && (
                    <Radix.Description className="coviu-text" asChild>
                      <div>{description}</div>
                    </Radix.Description>
                  )}
                  {children}
                </div>
                {footer && <div className="coviu-dialog-foot">{footer}</div>}
              </Radix.Content>
            </Radix.Overlay>
          </div>
        </Radix.Portal>
      </Radix.Root>
    </>
  );
}

/**
 * The first that can take it: an opener may be gone or hidden, and Safari focuses no button on a click. Nothing, if
 * whoever closed the dialog has put the focus where the work goes on.
 */
function focusFirst(...targets: (Element | null | undefined)[]): void {
  for (const target of targets) {
    if (document.activeElement !== document.body) return;
    if (target instanceof HTMLElement) target.focus();
  }
}

/** What a portal leaves behind: direction, language and theme of the place where the dialog stands. */
function surroundingsOf(place: HTMLElement | null) {
  return {
    dir: place?.closest("[dir]")?.getAttribute("dir") ?? undefined,
    lang: place?.closest("[lang]")?.getAttribute("lang") ?? undefined,
    "data-coviu-theme": place?.closest("[data-coviu-theme]")?.getAttribute("data-coviu-theme") ?? undefined,
  };
}
