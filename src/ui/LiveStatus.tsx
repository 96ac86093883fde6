import type { ReactNode } from "react";

/** A polite region that is there before it speaks, so that screen readers notice what comes. */
export function LiveStatus({ visible, children }: { visible?: boolean; children: ReactNode }) {
  return (
    <div className={visible ? "coviu-live" : "coviu-spoken"} role="status">
      {children}
    </div>
  );
}
