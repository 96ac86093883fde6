import { type KeyboardEvent, useEffect, useId, useRef } from "react";

import type { DialogProps } from "./Dialog.tsx";
import { DialogFrame } from "./DialogFrame.tsx";
import { masked } from "./recorders.ts";
import { words } from "./words.tsx";

/** The same dialog where what makes it modal could not be loaded: the page behind it stays reachable. */
export function PlainDialog({ open, ...props }: DialogProps) {
  return open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({
  onClose,
  title,
  description,
  role = "dialog",
  size,
  initialFocus,
  focusAfter,
  returnFocus,
  ...frame
}: Omit<DialogProps, "open">) {
  const id = useId();
  const focus = useRef({ initialFocus, focusAfter, returnFocus });

  useEffect(() => {
    const { initialFocus: first, focusAfter: after, returnFocus: last } = focus.current;
    const opener = document.activeElement;
    first?.current?.focus();
    return () => {
      for (const target of [after?.current, opener, last?.current]) {
        if (target instanceof HTMLElement && target.isConnected) return target.focus();
      }
    };
  }, []);

  function leave(event: KeyboardEvent): void {
    if (event.key === "Escape") onClose();
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Esc is caught for what stands inside
    <div {...masked("coviu-overlay")} onKeyDown={leave}>
      <div
        className="coviu-dialog"
        role={role}
        aria-labelledby={`${id}-title`}
        aria-describedby={description === undefined ? undefined : `${id}-text`}
        data-size={size}
      >
        <DialogFrame
          title={
            <h2 className="coviu-title" id={`${id}-title`}>
              {words(title)}
            </h2>
          }
          description={
            description !== undefined && (
              <div className="coviu-text" id={`${id}-text`}>
                {words(description)}
              </div>
            )
          }
          closeLabel={frame.closeLabel}
          onClose={onClose}
          footer={frame.footer}
        >
          {frame.children}
        </DialogFrame>
      </div>
    </div>
  );
}
