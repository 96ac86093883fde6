import { formatDay, formatTimeRange, type Zoned, zoneNames } from "../../domain/formatTime.ts";
import type { SessionTimes } from "../../domain/lifecycle.ts";
import { isTimeZone } from "../../domain/wallClock.ts";

/** When a session is where its reader is, if clocks there differ from the clinic's. For the browser only. */
export function viewerTimes({ start_time, end_time }: SessionTimes, clinic: Zoned) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (!isTimeZone(timeZone)) return undefined;
  const here = { ...clinic, timeZone };
  const { city, short, offset } = zoneNames(start_time, here);
  if (offset === zoneNames(start_time, clinic).offset) return undefined;
  const day = formatDay(start_time, here);
  return {
    times: formatTimeRange(start_time, end_time, here),
    day: day === formatDay(start_time, clinic) ? undefined : day,
    city,
    zone: short,
  };
}
