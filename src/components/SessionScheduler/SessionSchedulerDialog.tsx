import { forwardRef } from "react";

import type { SessionSchedulerProps } from "./SessionScheduler.tsx";

export interface SessionSchedulerDialogProps extends SessionSchedulerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The form of `SessionScheduler` in a dialog, which asks before it loses what was typed. */
export const SessionSchedulerDialog = forwardRef<HTMLFormElement, SessionSchedulerDialogProps>(
  function SessionSchedulerDialog(_props, _ref) {
    return null;
  },
);
