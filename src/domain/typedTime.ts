import { type CalendarDay, isCalendarDay } from "./wallClock.ts";

export type DatePart = "day" | "month" | "year";

const time = /^(\d{1,2})(?:\s*h|(?:\s*[:.h]\s*|\s)?(\d\d))?\s*(?:([ap])\.?(?:\s?m\.?)?)?$/;
const date = /^(\d{1,4})(?:\s|[-./]\s?)(\d{1,2})(?:\s|[-./]\s?)(\d{1,4})\.?$/;

/** Reads a time as people type it: `9`, `930`, `9.30`, `9h30`, `9:30 pm`, `下午 9:30`, in the digits of any script. */
export function parseTime(text: string, locale: string): { hour: number; minute: number } | undefined {
  const { rest, named } = withoutWord(plain(text), locale);
  const [, hours, minutes = "0", half] = time.exec(rest) ?? [];
  const hour = Number(hours);
  const minute = Number(minutes);
  if (!hours || minute > 59 || hour > 23) return undefined;
  if (!half && !named) return { hour, minute };
  if (hour < 1 || hour > 12 || (half && named)) return undefined;
  const meant = named ?? (half === "p" ? afternoon : morning);
  const found = [hour % 12, (hour % 12) + 12].find((one) => meant.includes(one));
  return found === undefined ? undefined : { hour: found, minute };
}

/** Reads a whole number in the digits of any script, for the fields of a date. */
export function parseDigits(text: string): number | undefined {
  const digits = plain(text);
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}

/** Reads a whole date with a four-digit year, in the given order unless the year comes first. */
export function parseDate(text: string, order: readonly DatePart[]): CalendarDay | undefined {
  const numbers = date.exec(plain(text))?.slice(1) ?? [];
  const parts = numbers[0]?.length === 4 ? ["year", "month", "day"] : order;
  const value = (part: DatePart) => numbers[parts.indexOf(part)] ?? "";
  const day = { year: Number(value("year")), month: Number(value("month")), day: Number(value("day")) };
  return isCalendarDay(day) ? day : undefined;
}

/** In which order a locale writes day, month and year. */
export function dateOrder(locale: string): DatePart[] {
  return new Intl.DateTimeFormat(locale, {
    calendar: "gregory",
    year: "numeric",
    month: "numeric",
    day: "numeric",
  })
    .formatToParts()
    .map((part) => part.type)
    .filter((type) => type === "day" || type === "month" || type === "year");
}

const day = [...Array(24).keys()];
const morning = day.slice(0, 12);
const afternoon = day.slice(12);
const words = new Map<string, Map<string, number[]>>();

/** A time without what the locale calls its part of the day, before or after it, and the hours that it is said of. */
function withoutWord(text: string, locale: string): { rest: string; named?: number[] } {
  for (const [word, named] of wordsOf(locale)) {
    if (text.startsWith(word)) return { rest: text.slice(word.length).trim(), named };
    if (text.endsWith(word)) return { rest: text.slice(0, -word.length), named };
  }
  return { rest: text };
}

function wordsOf(locale: string): Map<string, number[]> {
  let known = words.get(locale);
  if (!known) {
    words.set(locale, (known = new Map()));
    const format = new Intl.DateTimeFormat(locale, { timeStyle: "short", hour12: true, timeZone: "UTC" });
    for (const hour of day) {
      const name = format.formatToParts(hour * 3_600_000).find(({ type }) => type === "dayPeriod");
      if (name) known.set(plain(name.value), [...(known.get(plain(name.value)) ?? []), hour]);
    }
  }
  return known;
}

/** Lower case with ASCII digits, without the invisible marks that come along with pasted text. */
function plain(text: string): string {
  // No time or date is as long, and marks without end take quadratic time to be put in order.
  return (text.length < 100 ? text : "")
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/\p{Nd}/gu, digitValue)
    .trim()
    .toLowerCase();
}

/** In Unicode digits come in runs of tens, zero first: the place in the run is the value. */
function digitValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value % 10);
}
