/** A time of day with an optional offset, the same in both forms. */
const clock = String.raw`(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?: ?(Z|GMT|UTC|[+-]\d\d:?\d\d))?$`;
const iso8601 = new RegExp(String.raw`^()(\d{4})-(\d\d)-(\d\d)[T ]${clock}`, "i");
const rfc1123 = new RegExp(String.raw`^([a-z]{3}), (\d\d?) ([a-z]{3}) (\d{4}) ${clock}`, "i");
const weekdays = "sunmontuewedthufrisat";
const months = "janfebmaraprmayjunjulaugsepoctnovdec";

interface Instant {
  /** Milliseconds since 1970. */
  time: number;
  /** Whether the text contains an offset from UTC. */
  hasOffset: boolean;
}

/**
 * Reads a time in one of the two forms the API uses: ISO 8601 (`2026-01-12T10:00:00+11:00`) and RFC 1123
 * (`Mon, 12 Jan 2026 10:00:00 GMT`). A time without an offset is UTC, never the zone of the machine.
 *
 * Refuses every other form, and every date that does not exist: 31 February, hour 24, second 60, an offset of 24 hours
 * or more, a weekday that is not that of the date. `Date.parse` moves such dates to another day without a word, and
 * each engine in its own way; that is why it is not used.
 */
export function readInstant(text: string): Instant | undefined {
  const found = iso8601.exec(text) ?? reordered(rfc1123.exec(text));
  if (!found) return undefined;
  const [, weekday = "", ...parts] = found;
  const zone = parts[7];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
  const [, sign, offsetHours = 0, offsetMinutes = 0] = /([+-])(\d\d):?(\d\d)/.exec(zone ?? "") ?? [];
  if (hour > 23 || minute > 59 || second > 59 || Number(offsetHours) > 23 || Number(offsetMinutes) > 59) {
    return undefined;
  }
  const date = new Date(0);
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  if (weekday && weekdays.indexOf(weekday.toLowerCase()) !== date.getUTCDay() * 3) return undefined;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === "-" ? -1 : 1);
  const milliseconds = Number((parts[6] ?? "").padEnd(3, "0").slice(0, 3));
  const time = date.setUTCHours(hour, minute - offset, second, milliseconds);
  const isWritable = date.getUTCFullYear() >= 0 && date.getUTCFullYear() <= 9999;
  return isWritable ? { time, hasOffset: zone !== undefined } : undefined;
}

/** Reads a time in either form and gives ISO 8601 in UTC, or `undefined` where it is not one or does not exist. */
export function toInstant(text: string): string | undefined {
  const instant = readInstant(text);
  return instant && new Date(instant.time).toISOString();
}

/** The instant as ISO 8601 in UTC. A text that is not a time stays as it is. */
export function asInstant(text: string): string {
  return toInstant(text) ?? text;
}

/** Milliseconds since 1970, `NaN` where the text is not a time that exists. */
export function timeOf(instant: string | Date): number {
  return typeof instant === "string" ? (readInstant(instant)?.time ?? NaN) : instant.getTime();
}

/** The parts of an RFC 1123 time in the order of ISO 8601, the month as its number. */
function reordered(found: RegExpExecArray | null): (string | undefined)[] | undefined {
  if (!found) return undefined;
  const [all, weekday, day, month = "", year, ...rest] = found;
  return [all, weekday, year, String(months.indexOf(month.toLowerCase()) / 3 + 1), day, ...rest];
}
