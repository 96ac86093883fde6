import type { ReactNode } from "react";

import type { SessionStatus } from "../domain/lifecycle.ts";

/** A shape, a word and a tone. */
export function StatusBadge({ state, children }: { state: SessionStatus; children: ReactNode }) {
  return (
    <span className="coviu-badge" data-state={state}>
      {children}
    </span>
  );
}

/** A person's role as a word. */
export function RoleTag({ host, children }: { host: boolean; children: ReactNode }) {
  return (
    <span className="coviu-tag" data-role={host ? "host" : "guest"}>
      {children}
    </span>
  );
}
