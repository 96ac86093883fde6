import type { Session } from "../../api/schemas.ts";
import type { Zoned } from "../../domain/formatTime.ts";
import { parseTime } from "../../domain/typedTime.ts";
import {
  addDays,
  type CalendarDay,
  fromWallClock,
  toWallClock,
  type WallClock,
  type ZonedReading,
} from "../../domain/wallClock.ts";
import { dayIn } from "../../ui/typedDate.ts";
import { draftOf, type ClockReading, type SessionDraft } from "./draft.ts";

const minute = 60_000;
/** Longest time over midnight, in minutes, for which a typed end before the start means the next day. */
const maxNightMinutes = 6 * 60;

/** Reading of a typed time that clocks skip or show twice. */
export type ClockQuestion = Extract<ZonedReading, { kind: "missing" | "twice" }>;

/** Hour (0 to 23) and minute on the wall clock. */
export type TimeOfDay = Pick<WallClock, "hour" | "minute">;

/** Result of parsing the typed date and times of a draft. A member is `undefined` where the text has no meaning. */
export interface DraftTimes {
  day: CalendarDay | undefined;
  startClock: TimeOfDay | undefined;
  /** Only if the end is typed. */
  endClock: TimeOfDay | undefined;
  startReading: ZonedReading | undefined;
  /** Only if the end is typed. */
  endReading: ZonedReading | undefined;
  /** ISO 8601 instant. `undefined` also while the user has to choose a reading. */
  start: string | undefined;
  end: string | undefined;
}

/** Parses the times of a draft in the clinic's zone. Unchanged times of an `existing` session keep their milliseconds. */
export function parseTimes(draft: SessionDraft, zoned: Zoned, existing?: Session): DraftTimes {
  const { timeZone, locale } = zoned;
  const before = existing && draftOf(existing, zoned);
  const isUntouched = (field: keyof SessionDraft) => JSON.stringify(draft[field]) === JSON.stringify(before?.[field]);
  const day = dayIn(draft.date);
  const startClock = parseTime(draft.start, locale);
  const endClock = draft.duration === "other" ? parseTime(draft.end, locale) : undefined;

  let startReading = day && startClock && fromWallClock({ ...day, ...startClock }, timeZone);
  if (existing && isUntouched("date") && isUntouched("start")) {
    startReading = { kind: "instant", instant: existing.start_time };
  }
  const start = instantOf(startReading, draft.startReading);
  const times = { day, startClock, endClock, startReading, endReading: undefined, start, end: undefined };

  if (draft.duration !== "other") {
    const lengthMs =
      existing && isUntouched("duration")
        ? Date.parse(existing.end_time) - Date.parse(existing.start_time)
        : Number(draft.duration) * minute;
    return { ...times, end: start && new Date(Date.parse(start) + lengthMs).toISOString() };
  }
  if (!day || !startClock || !endClock) return times;
  const minutes = (endClock.hour - startClock.hour) * 60 + endClock.minute - startClock.minute;
  const nextDay = fromWallClock({ ...addDays(day, 1), ...endClock }, timeZone);
  // The shorter of wall-clock and elapsed minutes: clocks may change that night.
  const nightMinutes = Math.min(minutes + 24 * 60, (firstOf(nextDay) - firstOf(startReading)) / minute);
  const isNextDay = minutes < 0 && nightMinutes <= maxNightMinutes;
  const endReading = isNextDay ? nextDay : fromWallClock({ ...day, ...endClock }, timeZone);
  return { ...times, endReading, end: instantOf(endReading, draft.endReading) };
}

/** Returns the typed time and the clock change around it as wall-clock times. Format them in UTC. */
export function clockChange(reading: ClockQuestion, timeZone: string): { typed: Date; from: Date; to: Date } {
  const [first, last] = reading.kind === "missing" ? [reading.before, reading.after] : [reading.earlier, reading.later];
  const shift = (time: number) => {
    const { year, month, day, hour, minute: minutes } = toWallClock(new Date(time), timeZone);
    return Date.UTC(year, month - 1, day, hour, minutes) - time;
  };
  let time = Date.parse(first);
  const [old, next] = [shift(time), shift(Date.parse(last))];
  const typed = new Date(time + (reading.kind === "missing" ? next : old));
  while (shift(time) === old) time += minute;
  return { typed, from: new Date(time + old), to: new Date(time + next) };
}

/** Returns the earliest time that a reading may stand for, in ms. */
function firstOf(reading: ZonedReading | undefined): number {
  const { instant, earlier, before } = { instant: "", earlier: "", before: "", ...reading };
  return Date.parse(instant || earlier || before);
}

function instantOf(reading: ZonedReading | undefined, chosen: ClockReading | undefined): string | undefined {
  if (reading?.kind === "twice") return chosen && reading[chosen];
  return reading?.kind === "instant" ? reading.instant : undefined;
}
