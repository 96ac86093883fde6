import type { Session } from "../../api/schemas.ts";
import type { Zoned } from "../../domain/formatTime.ts";
import { parseTime } from "../../domain/typedTime.ts";
import { addDays, type CalendarDay, fromWallClock, toWallClock, type ZonedReading } from "../../domain/wallClock.ts";
import { dayIn } from "../../ui/typedDate.ts";
import { draftOf, type Reading, type SessionDraft } from "./draft.ts";

const minute = 60_000;
/** A typed end that lies before the start is past midnight if that is no longer than this; else it is a mistake. */
const longestNight = 6 * 60;

/** A typed time that clocks skip or show twice. */
export type ClockQuestion = Extract<ZonedReading, { kind: "missing" | "twice" }>;

/** What the typed times stand for. */
export interface DraftTimes {
  day: CalendarDay | undefined;
  /** `undefined` where the text cannot be read. */
  startReading: ZonedReading | undefined;
  /** Only of a typed end. */
  endReading: ZonedReading | undefined;
  /** Instants, once there is no question left. */
  start: string | undefined;
  end: string | undefined;
}

/** Reads the times in the clinic's zone. What was not touched of a `kept` session stays to the millisecond. */
export function readTimes(draft: SessionDraft, zoned: Zoned, kept?: Session): DraftTimes {
  const { timeZone, locale } = zoned;
  const before = kept && draftOf(kept, zoned);
  const same = (field: keyof SessionDraft) => JSON.stringify(draft[field]) === JSON.stringify(before?.[field]);
  const date = dayIn(draft.date);
  const clock = parseTime(draft.start, locale);

  let startReading = date && clock && fromWallClock({ ...date, ...clock }, timeZone);
  if (kept && same("date") && same("start")) startReading = { kind: "instant", instant: kept.start_time };
  const start = instantOf(startReading, draft.startReading);
  const times = { day: date, startReading, start, endReading: undefined };

  if (draft.duration !== "other") {
    const length =
      kept && same("duration")
        ? Date.parse(kept.end_time) - Date.parse(kept.start_time)
        : Number(draft.duration) * minute;
    return { ...times, end: start && new Date(Date.parse(start) + length).toISOString() };
  }
  const endClock = parseTime(draft.end, locale);
  if (!date || !clock || !endClock) return { ...times, end: undefined };
  const length = (endClock.hour - clock.hour) * 60 + endClock.minute - clock.minute;
  const next = fromWallClock({ ...addDays(date, 1), ...endClock }, timeZone);
  // By the wall or really, whichever is less: clocks may change that night.
  const night = Math.min(length + 24 * 60, (firstOf(next) - firstOf(startReading)) / minute);
  const endReading = length < 0 && night <= longestNight ? next : fromWallClock({ ...date, ...endClock }, timeZone);
  return { ...times, endReading, end: instantOf(endReading, draft.endReading) };
}

/** What clocks do around a reading that is not one instant, as the wall shows it: instants to be formatted in UTC. */
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

/** The first moment that a reading could be. */
function firstOf(reading: ZonedReading | undefined): number {
  const { instant, earlier, before } = { instant: "", earlier: "", before: "", ...reading };
  return Date.parse(instant || earlier || before);
}

function instantOf(reading: ZonedReading | undefined, chosen: Reading | undefined): string | undefined {
  if (reading?.kind === "twice") return chosen && reading[chosen];
  return reading?.kind === "instant" ? reading.instant : undefined;
}
