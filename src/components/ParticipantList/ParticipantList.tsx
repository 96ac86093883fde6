import { type ComponentPropsWithoutRef, forwardRef } from "react";

import type { ParticipantListMessages } from "./messages.ts";

export interface ParticipantListProps extends Omit<ComponentPropsWithoutRef<"section">, "children"> {
  sessionId: string;
  /** Level of the heading; 3 by default. */
  headingLevel?: 2 | 3 | 4 | undefined;
  messages?: Partial<ParticipantListMessages> | undefined;
}

/** The people of a session: add, change and remove them, and hand each their own entry link. */
export const ParticipantList = forwardRef<HTMLElement, ParticipantListProps>(function ParticipantList(_props, _ref) {
  return null;
});
