import { formatDay, formatTime, formatTimeRange, type Zoned, zoneNames } from "../../domain/formatTime.ts";
import { dayOf, isTimeZone } from "../../domain/wallClock.ts";
import type { ShownTimes } from "./messages.ts";

/** A span of time as it is shown in a zone. Where it ends on another day, that day is named. */
export function shownTimes(start: string, end: string, zoned: Zoned, withYear = false): ShownTimes {
  const { city, short, offset } = zoneNames(start, zoned);
  const oneDay = dayOf(start, zoned.timeZone) === dayOf(end, zoned.timeZone);
  return {
    day: formatDay(start, zoned, withYear),
    times: oneDay
      ? formatTimeRange(start, end, zoned)
      : `${formatTime(start, zoned)} – ${formatDay(end, zoned)}, ${formatTime(end, zoned)}`,
    city,
    zone: short,
    offset,
  };
}

/** The same where the reader is, if clocks there differ from the clinic's. For the browser only. */
export function viewerTimes(start: string, end: string, clinic: Zoned) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (!isTimeZone(timeZone)) return undefined;
  const times = shownTimes(start, end, { ...clinic, timeZone });
  if (times.offset === zoneNames(start, clinic).offset) return undefined;
  const [here, there] = [dayOf(start, timeZone), dayOf(start, clinic.timeZone)];
  const shift: "before" | "after" | undefined = here === there ? undefined : here < there ? "before" : "after";
  return { ...times, shift };
}
