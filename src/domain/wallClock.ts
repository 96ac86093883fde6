import { timeOf } from "../api/instants.ts";
import { formatIn } from "./intl.ts";

export { isTimeZone } from "./intl.ts";

export interface CalendarDay {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
}

/** Day and time that a clock in some zone shows. */
export interface WallClock extends CalendarDay {
  hour: number;
  minute: number;
}

/**
 * Instants (ISO 8601 in UTC) of a wall clock in a zone. When clocks go back, a time happens twice. When they go forward, some
 * times are missing: then `before` is the given time earlier by the length of the jump, and `after` is later by it.
 */
export type ZonedReading =
  | { kind: "instant"; instant: string }
  | { kind: "twice"; earlier: string; later: string }
  | { kind: "missing"; before: string; after: string }
  | { kind: "invalid" };

export function toWallClock(instant: string | Date, timeZone: string): WallClock {
  const wall = new Date(wallTime(timeOf(instant), timeZone));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
  };
}

/** Converts a wall clock in a zone to instants. Never shifts a time: if it is not exactly one instant, the user decides. */
export function fromWallClock(clock: WallClock, timeZone: string): ZonedReading {
  const { year, month, day, hour, minute } = clock;
  const isTime = isWithin(hour, 0, 23) && isWithin(minute, 0, 59);
  if (!isTime || !isCalendarDay(clock)) return { kind: "invalid" };

  const wall = Date.UTC(year, month - 1, day, hour, minute);
  // Uses the offsets of a day earlier and a day later. If they are equal, the clocks did not change.
  const [byEarlierOffset, byLaterOffset] = [instantByOffsetAt(wall - dayMs), instantByOffsetAt(wall + dayMs)];
  const readings = [...new Set([byEarlierOffset, byLaterOffset])].filter((time) => wallTime(time, timeZone) === wall);
  const [earlier, later] = [
    iso(Math.min(byEarlierOffset, byLaterOffset)),
    iso(Math.max(byEarlierOffset, byLaterOffset)),
  ];
  if (readings.length === 0) return { kind: "missing", before: earlier, after: later };
  if (readings.length > 1) return { kind: "twice", earlier, later };
  return { kind: "instant", instant: iso(Math.min(...readings)) };

  function instantByOffsetAt(time: number): number {
    return wall - (wallTime(time, timeZone) - time);
  }
}

/** Whether a day exists in the years 1900 to 2200. */
export function isCalendarDay({ year, month, day }: CalendarDay): boolean {
  return isWithin(year, 1900, 2200) && isWithin(month, 1, 12) && isWithin(day, 1, daysIn(year, month));
}

/** Adds calendar days. Keeps the time of day. */
export function addDays<Day extends CalendarDay>(date: Day, days: number): Day {
  const result = new Date(Date.UTC(date.year, date.month - 1, date.day + days));
  return { ...date, year: result.getUTCFullYear(), month: result.getUTCMonth() + 1, day: result.getUTCDate() };
}

/** Returns the first instant of a day in a zone. It is not midnight if clocks change at midnight. */
export function startOfDay({ year, month, day }: CalendarDay, timeZone: string): string {
  const reading = fromWallClock({ year, month, day, hour: 0, minute: 0 }, timeZone);
  if (reading.kind === "invalid") throw new RangeError("There is no such day between 1900 and 2200");
  if (reading.kind === "twice") return reading.earlier;
  return reading.kind === "missing" ? reading.after : reading.instant;
}

/** Returns the day of an instant in a zone as text that can be sorted: "2026-01-12". */
export function dayOf(instant: string | Date, timeZone: string): string {
  const { year, month, day } = toWallClock(instant, timeZone);
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Counts the minutes that pass between two instants, also over a clock change. */
export function minutesBetween(start: string | Date, end: string | Date): number {
  return Math.round((timeOf(end) - timeOf(start)) / 60_000);
}

const dayMs = 86_400_000;
const numericParts = {
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
} as const;
const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * Returns the time that clocks in a zone show, as ms of the same time in UTC. Does not use the zone of the computer, which
 * may change.
 */
function wallTime(time: number, timeZone: string): number {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = formatIn(timeZone, "en-US", { ...numericParts, hourCycle: "h23" });
    clocks.set(timeZone, clock);
  }
  // "1/12/2026, 10:00:00"
  const [month = 0, day, year = 0, ...timeOfDay] = (clock.format(time).match(/\d+/g) ?? []).map(Number);
  return Date.UTC(year, month - 1, day, ...timeOfDay);
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
