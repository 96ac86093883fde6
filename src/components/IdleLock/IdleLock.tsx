import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from "react";

import { useMessages } from "../../hooks/useMessages.ts";
import { IdleCover } from "./IdleCover.tsx";
import { idleLockMessages, type IdleLockMessages } from "./messages.ts";
import { type IdleLockOptions, useIdleLock } from "./useIdleLock.ts";

export interface IdleLockProps extends IdleLockOptions, Omit<ComponentPropsWithoutRef<"dialog">, "open" | "onClick"> {
  /** Texts in place of those of the provider. @default the texts of the provider, else English ones */
  messages?: Partial<IdleLockMessages> | undefined;
  /** Content that is covered together with the rest of the page. */
  children?: ReactNode;
}

/**
 * Covers the whole page when it has not been used for a while, and warns a minute before. Typed text is not lost. The
 * root element, for `ref`, `className` and other attributes, is the cover. It exists only while the page is warned or
 * covered.
 */
export const IdleLock = forwardRef<HTMLDialogElement, IdleLockProps>(function IdleLock(
  { afterMs, onUncover, messages, children, ...props },
  ref,
) {
  const text = useMessages("idleLock", idleLockMessages, messages);
  const lock = useIdleLock({ afterMs, onUncover });
  return (
    <>
      {children}
      {lock.state !== "open" && <IdleCover {...props} ref={ref} lock={lock} state={lock.state} text={text} />}
    </>
  );
});
