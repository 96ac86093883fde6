import { formatDay, formatTime, formatTimeRange, type Zoned } from "../../domain/formatTime.ts";
import type { Problem } from "./draftProblems.ts";
import { type ClockQuestion, clockChange } from "./draftTimes.ts";
import type { SessionSchedulerMessages } from "./messages.ts";

/** The sentence for a problem, the same in the summary and at the field. */
export function problemText(
  { code, person = 0, reading, after }: Problem,
  text: SessionSchedulerMessages,
  zoned: Zoned,
): string {
  const time = after === undefined ? "" : formatTime(after, zoned);
  const words = text.problem;
  switch (code) {
    case "past":
    case "order":
      return words[code](time);
    case "missing":
      return reading ? text.missing(questionValues(reading, zoned)) : "";
    case "which":
      return reading ? words.which(questionValues(reading, zoned).time) : "";
    case "person":
    case "personLong":
    case "personPicture":
      return words[code](person);
    default:
      return words[code];
  }
}

/** Times and days in the sentence for a problem. */
export function problemTimes({ reading, after }: Problem, zoned: Zoned): string[] {
  if (reading) return questionTimes(questionValues(reading, zoned));
  return after === undefined ? [] : [formatTime(after, zoned)];
}

/** Times and days in a sentence about a time that clocks skip or show twice. */
export function questionTimes({ time, day, from, to }: ReturnType<typeof questionValues>): string[] {
  return [time, day, from, to];
}

/** The typed time and what clocks do around it, as they are shown. */
export function questionValues(reading: ClockQuestion, { locale, timeZone }: Zoned) {
  const wall = { locale, timeZone: "UTC" };
  const change = clockChange(reading, timeZone);
  const ends = [formatTime(change.from, wall), formatTime(change.to, wall)] as const;
  // Where both are in the same half of the day it is named once: "from 2:00 to 3:00 am".
  const range = change.from < change.to ? formatTimeRange(change.from, change.to, wall).split(" – ") : [];
  // Some locales join the two by a word.
  const [from = ends[0], to = ends[1]] = range.length === 2 ? range : ends;
  return {
    time: formatTime(change.typed, wall),
    day: formatDay(change.typed, wall),
    from,
    to,
    minutes: Math.abs(change.to.getTime() - change.from.getTime()) / 60_000,
  };
}
