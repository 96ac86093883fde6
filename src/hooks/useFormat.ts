import { useMemo } from "react";

import { formatDay, formatTime, formatTimeRange, type Zoned, type ZoneNames, zoneNames } from "../domain/formatTime.ts";
import { formatDuration, formatNumber } from "../domain/intl.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";

/** Formatters bound to the locale and the time zone of the provider. Instants are RFC 3339 texts or `Date` objects. */
export interface CoviuFormat extends Zoned {
  /** "10:00 am". The zone is added where clocks show the same time twice that day: "2:30 am AEDT". */
  time: (instant: string | Date) => string;
  /**
   * "Monday 12 January", or "Monday 12 January 2026" with the year.
   *
   * @param withYear Whether the year is added. @default false
   */
  day: (instant: string | Date, withYear?: boolean) => string;
  /** "10:00 – 10:30 am". An end on another day is shown with its day. Both zones are shown where the offset changes. */
  range: (start: string | Date, end: string | Date) => string;
  /** City, short name and offset of the time zone at an instant. */
  zone: (instant: string | Date) => ZoneNames;
  /** "45 mins", "1 hr 30 mins". The argument is in minutes. */
  duration: (minutes: number) => string;
  /** A whole number in the digits of the locale, without grouping. */
  number: (value: number) => string;
}

/**
 * Formatters bound to the locale and the time zone of the provider, for screens of your own. The components of the kit
 * use the same ones. The result is the same object until the locale or the time zone changes.
 *
 * @example
 *   function NextSession({ session }: { session: Session }) {
 *     const format = useFormat();
 *     const { city } = format.zone(session.start_time);
 *     return (
 *       <p>
 *         {format.day(session.start_time)}, {format.range(session.start_time, session.end_time)} ({city})
 *       </p>
 *     );
 *   }
 *
 * @throws Error outside of a `CoviuProvider`.
 */
export function useFormat(): CoviuFormat {
  const { locale, timeZone } = useCoviu();
  return useMemo(() => {
    const zoned = { locale, timeZone };
    return {
      ...zoned,
      time: (instant) => formatTime(instant, zoned),
      day: (instant, withYear) => formatDay(instant, zoned, withYear),
      range: (start, end) => formatTimeRange(start, end, zoned),
      zone: (instant) => zoneNames(instant, zoned),
      duration: (minutes) => formatDuration(minutes, locale),
      number: (value) => formatNumber(value, locale),
    };
  }, [locale, timeZone]);
}
