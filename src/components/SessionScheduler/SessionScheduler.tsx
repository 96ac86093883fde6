import { type ComponentPropsWithoutRef, forwardRef } from "react";

import type { SessionSchedulerMessages } from "./messages.ts";
import type { SessionSchedulerOptions } from "./useSessionScheduler.ts";

export interface SessionSchedulerProps
  extends Omit<ComponentPropsWithoutRef<"form">, "children" | "onSubmit">,
    SessionSchedulerOptions {
  /** Told when what was typed is thrown away. */
  onDiscard?: (() => void) | undefined;
  messages?: Partial<SessionSchedulerMessages> | undefined;
}

/** A form that books a session with its people, or with `sessionId` moves and changes one. */
export const SessionScheduler = forwardRef<HTMLFormElement, SessionSchedulerProps>(
  function SessionScheduler(_props, _ref) {
    return null;
  },
);
