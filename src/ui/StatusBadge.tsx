import type { ReactNode } from "react";

import type { SessionStatus } from "../domain/lifecycle.ts";

/** Status as a shape, a word and a color. */
export function StatusBadge({ state, children }: { state: SessionStatus; children: ReactNode }) {
  return (
    <span className="coviu-badge" data-state={state}>
      {children}
    </span>
  );
}

/** Role of a person. */
export function RoleTag({ host, children }: { host: boolean; children: ReactNode }) {
  return (
    <span className="coviu-tag" data-role={host ? "host" : "guest"}>
      {children}
    </span>
  );
}
