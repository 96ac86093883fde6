import { type ComponentType, type ReactNode, type RefObject, useEffect, useState, useSyncExternalStore } from "react";

import { PlainDialog } from "./PlainDialog.tsx";

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
  container?: HTMLElement | null | undefined;
  /** Of the page's Content-Security-Policy, for the style that locks scrolling. */
  nonce?: string | undefined;
}

/** What makes a dialog modal is a fifth of the kit's bytes, so it comes in behind what is painted first. */
let loaded: ComponentType<DialogProps> | undefined;

/** A modal dialog, or with `role="alertdialog"` a question that has to be answered. */
export function Dialog(props: DialogProps) {
  const { open } = props;
  const [Shown, setShown] = useState(() => loaded);
  // A server has painted none of it, whatever another root of the page has loaded since.
  const hydrating = useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
  const [failed, setFailed] = useState(false);

  // Asked for as soon as a dialog may open, and once more if that failed by the time one does.
  useEffect(() => {
    if (Shown) return undefined;
    let here = true;
    async function load(): Promise<void> {
      try {
        const { ModalDialog } = await import("./ModalDialog.tsx");
        loaded = ModalDialog;
        if (here) setShown(() => ModalDialog);
      } catch {
        if (here) setFailed(open);
      }
    }
    void load();
    return () => {
      here = false;
    };
  }, [Shown, open]);

  if (Shown && !hydrating) return <Shown {...props} />;
  return failed ? <PlainDialog {...props} /> : null;
}

function never(): () => void {
  return () => {};
}
