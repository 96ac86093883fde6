import { type ComponentPropsWithoutRef, type ReactNode, type RefObject, useEffect, useRef } from "react";

import { hasMode } from "../api/development.ts";
import { announce, joinAnnouncer } from "./announcer.ts";
import { classes } from "./classes.ts";
import { listenToKeys } from "./keyboardHandlers.ts";
import { checkStyleSheet } from "./styleSheet.ts";

declare const process: { env: { NODE_ENV?: string | undefined } };

export interface LiveStatusProps extends ComponentPropsWithoutRef<"div"> {
  "data-state"?: string | undefined;
  /** Whether the content is also visible. Its buttons are not announced. */
  visible?: boolean;
  /** Interrupts the screen reader. Only for a lost sign-in. */
  urgent?: boolean | undefined;
  /** Time in ms for which the content has to stay unchanged before it is announced. */
  after?: number;
  /** Ref of the visible element, which is then focusable. */
  place?: RefObject<HTMLDivElement | null>;
  children: ReactNode;
}

/**
 * Announces its content to screen readers once after each change of the text. Other props are passed to the visible element.
 */
export function LiveStatus({ visible, urgent, after, place: given, className, children, ...props }: LiveStatusProps) {
  const own = useRef<HTMLDivElement>(null);
  const place = given ?? own;
  const announced = useRef("");
  useEffect(() => {
    if (!place.current) return undefined;
    if (hasMode && process.env.NODE_ENV !== "production") checkStyleSheet(place.current);
    const view = place.current.ownerDocument.defaultView;
    // Each component has a status. So the keys are listened to before a dialog around the components is opened.
    const unwatch = view && listenToKeys(view);
    const leave = joinAnnouncer(place.current);
    return () => {
      leave();
      unwatch?.();
    };
  }, [place]);

  useEffect(() => {
    const element = place.current;
    const text = typeof children === "string" ? children : element ? textOf(element) : "";
    function announceNow(): void {
      announced.current = text;
      if (element && text) announce(element, text, urgent);
    }
    if (text === announced.current) return undefined;
    if (!after || !text) {
      announceNow();
      return undefined;
    }
    const timer = setTimeout(announceNow, after);
    return () => clearTimeout(timer);
  });

  return (
    <div
      ref={place}
      tabIndex={given && -1}
      {...props}
      className={visible ? classes(className, "coviu-live") : undefined}
      hidden={!visible}
    >
      {visible && children}
    </div>
  );
}

/** Returns the texts of the notices in an element, without their buttons. */
function textOf(place: HTMLElement): string {
  const parts = place.querySelectorAll(".coviu-notice > div > :not(.coviu-row)");
  return [...parts].map((part) => part.textContent).join(". ");
}
