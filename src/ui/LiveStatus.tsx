import { type ReactNode, useEffect, useRef } from "react";

import { announce, join } from "./announcer.ts";

export interface LiveStatusProps {
  /** Also seen, where it stands. Its buttons are not read out. */
  visible?: boolean;
  /** Interrupts: only for a lost sign-in. */
  urgent?: boolean | undefined;
  /** Milliseconds for which it has to last before it is said. */
  after?: number;
  children: ReactNode;
}

/** Says what is in it, politely and once, whenever it becomes another text. */
export function LiveStatus({ visible, urgent, after, children }: LiveStatusProps) {
  const place = useRef<HTMLDivElement>(null);
  const said = useRef("");
  useEffect(() => (place.current ? join(place.current) : undefined), []);

  useEffect(() => {
    const here = place.current;
    const text = typeof children === "string" ? children : here ? textOf(here) : "";
    function say(): void {
      said.current = text;
      if (here && text) announce(here, text, urgent);
    }
    if (text === said.current) return undefined;
    if (!after || !text) {
      say();
      return undefined;
    }
    const timer = setTimeout(say, after);
    return () => clearTimeout(timer);
  });

  return (
    <div ref={place} className={visible ? "coviu-live" : undefined} hidden={!visible}>
      {visible && children}
    </div>
  );
}

/** Titles and sentences of the notices in it, without their buttons. */
function textOf(place: HTMLElement): string {
  const parts = place.querySelectorAll(".coviu-notice > div > :not(.coviu-row)");
  return [...parts].map((part) => part.textContent).join(". ");
}
