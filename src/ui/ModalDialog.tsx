import * as Radix from "@radix-ui/react-dialog";
import { setNonce } from "get-nonce";
import { useInsertionEffect, useRef, useState } from "react";

import type { DialogProps } from "./Dialog.tsx";
import { DialogFrame } from "./DialogFrame.tsx";
import { masked } from "./recorders.ts";
import { useSurroundings } from "./surroundings.ts";
import { words } from "./words.tsx";

/** The dialog on Radix: the page behind it can't be reached, Esc closes it, and the focus goes where the work goes on. */
export function ModalDialog({
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
  nonce,
}: DialogProps) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const opener = useRef<Element | null>(null);
  const surroundings = useSurroundings(open ? place : null);
  useInsertionEffect(() => {
    if (nonce) setNonce(nonce);
  }, [nonce]);

  return (
    <>
      <span ref={setPlace} hidden />
      <Radix.Root open={open} onOpenChange={(next) => next || onClose()}>
        <Radix.Portal container={container}>
          <div {...masked()} {...surroundings}>
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
                // Where head and foot scroll along, the focus comes round to what is out of sight.
                onFocus={({ target }) => target.scrollIntoView?.({ block: "nearest" })}
                onInteractOutside={(event) => {
                  if (role === "alertdialog") event.preventDefault();
                }}
              >
                <DialogFrame
                  title={<Radix.Title className="coviu-title">{words(title)}</Radix.Title>}
                  description={
                    description !== undefined && (
                      <Radix.Description className="coviu-text" asChild>
                        <div>{words(description)}</div>
                      </Radix.Description>
                    )
                  }
                  closeLabel={closeLabel}
                  onClose={onClose}
                  footer={footer}
                >
                  {children}
                </DialogFrame>
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
