import { formatDay, formatTime, formatTimeRange, type Zoned } from "../../domain/formatTime.ts";
import type { DraftProblem } from "./draftProblems.ts";
import { type ClockQuestion, clockChange } from "./draftTimes.ts";
import type { SessionSchedulerMessages } from "./messages.ts";

/** Returns the sentence for a problem, for the summary and for the field. */
export function problemText(
  { code, person = 0, reading, after }: DraftProblem,
  text: SessionSchedulerMessages,
  zoned: Zoned,
): string {
  const time = after === undefined ? "" : formatTime(after, zoned);
  const texts = text.problem;
  switch (code) {
    case "past":
    case "order":
      return texts[code](time);
    case "missing":
      return reading ? text.missing(questionValues(reading, zoned)) : "";
    case "which":
      return reading ? texts.which(questionValues(reading, zoned).time) : "";
    case "person":
    case "personLong":
    case "personPicture":
      return texts[code](person);
    default:
      return texts[code];
  }
}

/** Returns the times and days in the sentence for a problem. */
export function problemTimes({ reading, after }: DraftProblem, zoned: Zoned): string[] {
  if (reading) return questionTimes(questionValues(reading, zoned));
  return after === undefined ? [] : [formatTime(after, zoned)];
}

/** Returns the times and days in a sentence about a time that clocks skip or show twice. */
export function questionTimes({ time, day, from, to }: ReturnType<typeof questionValues>): string[] {
  return [time, day, from, to];
}

/** Formats a typed time and the clock change around it. */
export function questionValues(reading: ClockQuestion, { locale, timeZone }: Zoned) {
  const wall = { locale, timeZone: "UTC" };
  const change = clockChange(reading, timeZone);
  const ends = [formatTime(change.from, wall), formatTime(change.to, wall)] as const;
  // If both times are in the same half of the day, it is named once: "from 2:00 to 3:00 am".
  const range = change.from < change.to ? formatTimeRange(change.from, change.to, wall).split(" – ") : [];
  // Some locales have a word between the two times.
  const [from = ends[0], to = ends[1]] = range.length === 2 ? range : ends;
  return {
    time: formatTime(change.typed, wall),
    day: formatDay(change.typed, wall),
    from,
    to,
    minutes: Math.abs(change.to.getTime() - change.from.getTime()) / 60_000,
  };
}
