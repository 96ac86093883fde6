import type { Session } from "../../api/schemas.ts";
import { formatDay, formatTime, formatTimeRange, type Zoned, zoneNames } from "../../domain/formatTime.ts";
import { presentPeople } from "../../domain/roles.ts";
import { dayOf } from "../../domain/wallClock.ts";
import { viewerZoned } from "../time/viewerTimes.ts";
import type { DraftTimes } from "./draftTimes.ts";
import type { SessionSchedulerMessages, ShownTimes } from "./messages.ts";
import type { UseSessionSchedulerResult } from "./useSessionScheduler.ts";

/** Formats a time span in a zone. */
export function shownTimes(start: string, end: string, zoned: Zoned, withYear = false): ShownTimes {
  const { city, short, offset } = zoneNames(start, zoned);
  return {
    day: formatDay(start, zoned, withYear),
    times: formatTimeRange(start, end, zoned),
    city,
    zone: short,
    offset,
  };
}

/** Formats a time span in the viewer's zone. `undefined` if clocks there show the same time. Only for the browser. */
function viewerTimes(start: string, end: string, clinic: Zoned) {
  const zoned = viewerZoned(start, clinic);
  if (!zoned) return undefined;
  const [here, there] = [dayOf(start, zoned.timeZone), dayOf(start, clinic.timeZone)];
  const shift: "before" | "after" | undefined = here === there ? undefined : here < there ? "before" : "after";
  return { ...shownTimes(start, end, zoned), shift };
}

/** Returns the typed times in full, in the clinic's zone and in the viewer's. */
export function resultTexts(
  { start, end }: Pick<DraftTimes, "start" | "end">,
  text: SessionSchedulerMessages,
  zoned: Zoned,
): string[] {
  if (!start || !end || Date.parse(end) <= Date.parse(start)) return [];
  const elsewhere = viewerTimes(start, end, zoned);
  return [text.result(shownTimes(start, end, zoned, true)), ...(elsewhere ? [text.elsewhere(elsewhere)] : [])];
}

/** Returns the sentence that confirms a booking or a save. */
export function scheduledText(
  { start_time, participants }: Session,
  kind: UseSessionSchedulerResult["kind"],
  text: SessionSchedulerMessages,
  zoned: Zoned,
): string {
  if (kind === "edit") return text.saved;
  const body = text.bookedBody({
    day: formatDay(start_time, zoned),
    time: formatTime(start_time, zoned),
    city: zoneNames(start_time, zoned).city,
    links: presentPeople(participants).length,
  });
  return `${text.booked} ${body}`;
}
