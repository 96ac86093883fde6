import { type ComponentPropsWithoutRef, forwardRef, useEffect, useRef } from "react";

import type { Session } from "../../api/schemas.ts";
import { formatDay, formatTime, zoneNames } from "../../domain/formatTime.ts";
import { presentPeople } from "../../domain/roles.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { classes } from "../../ui/classes.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { SessionDetails } from "../SessionDetails/SessionDetails.tsx";
import type { SessionView } from "../SessionList/filters.ts";
import { SessionList } from "../SessionList/SessionList.tsx";
import type { ListedPerson } from "../SessionList/useSessionList.ts";
import { SessionSchedulerDialog } from "../SessionScheduler/SessionSchedulerDialog.tsx";
import { frontDeskMessages, type FrontDeskMessages } from "./messages.ts";
import { useFrontDesk } from "./useFrontDesk.ts";

export interface FrontDeskProps extends Omit<ComponentPropsWithoutRef<"section">, "children"> {
  /** The `state` of the person who uses this screen: only their own entry is offered as *Join*. */
  joinAs?: string | undefined;
  /** Whose sessions can be asked for: a person's `state` and the name to show for it. */
  people?: readonly ListedPerson[] | undefined;
  defaultView?: SessionView | undefined;
  /** Level of the heading with the day; 1 by default. */
  headingLevel?: 1 | 2 | undefined;
  messages?: Partial<FrontDeskMessages> | undefined;
}

/** The whole screen: today, the sessions, one of them in full, and booking. */
export const FrontDesk = forwardRef<HTMLElement, FrontDeskProps>(function FrontDesk(
  { joinAs, people, defaultView, headingLevel = 1, messages, className, ...props },
  ref,
) {
  const text = useMessages("frontDesk", frontDeskMessages, messages);
  const { locale, timeZone } = useCoviu();
  const desk = useFrontDesk();
  const { now, selectedId, booked } = desk;
  const list = useRef<HTMLDivElement>(null);
  const details = useRef<HTMLElement>(null);
  const zoned = { locale, timeZone };
  const Heading = `h${headingLevel}` as const;
  const level = headingLevel === 1 ? 2 : 3;
