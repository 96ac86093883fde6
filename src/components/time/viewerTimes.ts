import { formatDay, formatTimeRange, type Zoned, zoneNames } from "../../domain/formatTime.ts";
import { isTimeZone, machineTimeZone } from "../../domain/intl.ts";
import type { SessionTimes } from "../../domain/lifecycle.ts";

/** Times of a session in the user's zone, if clocks there differ from the clinic's. Only for the browser. */
export function viewerTimes({ start_time, end_time }: SessionTimes, clinic: Zoned) {
  const here = viewerZoned(start_time, clinic);
  if (!here) return undefined;
  const { city, short } = zoneNames(start_time, here);
  const day = formatDay(start_time, here);
  return {
    times: formatTimeRange(start_time, end_time, here),
    day: day === formatDay(start_time, clinic) ? undefined : day,
    city,
    zone: short,
  };
}

/** The user's zone, if clocks there differ from the clinic's at that time. Only for the browser. */
export function viewerZoned(instant: string, clinic: Zoned): Zoned | undefined {
  const timeZone = machineTimeZone();
  if (!isTimeZone(timeZone)) return undefined;
  const here = { ...clinic, timeZone };
  return zoneNames(instant, here).offset === zoneNames(instant, clinic).offset ? undefined : here;
}
