import { type CalendarDay, isCalendarDay } from "./wallClock.ts";

export type DatePart = "day" | "month" | "year";

const time = /^(\d{1,2})(?:\s*h|(?:\s*[:.h]\s*|\s)?(\d\d))?\s*(?:([ap])\.?(?:\s?m\.?)?)?$/;
const date = /^(\d{1,4})(?:\s|[-./]\s?)(\d{1,2})(?:\s|[-./]\s?)(\d{1,4})\.?$/;

/** Reads a time as people type it: `9`, `930`, `9.30`, `9h30`, `9:30 pm`, `下午 9:30`, in the digits of any script. */
export function parseTime(text: string, locale: string): { hour: number; minute: number } | undefined {
  const [, hours, minutes = "0", half] = time.exec(withEnglishHalf(plain(text), locale)) ?? [];
  const hour = Number(hours);
  const minute = Number(minutes);
  if (!hours || minute > 59 || hour > 23) return undefined;
  if (!half) return { hour, minute };
  if (hour < 1 || hour > 12) return undefined;
  return { hour: (hour % 12) + (half === "p" ? 12 : 0), minute };
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

const words = new Map<string, Map<string, string>>();

/** What a locale calls the parts of a day, before or after the time, as "a" or "p" after it. */
function withEnglishHalf(text: string, locale: string): string {
  for (const [word, half] of wordsOf(locale)) {
    if (text.startsWith(word)) return text.slice(word.length).trim() + half;
    if (text.endsWith(word)) return text.slice(0, -word.length) + half;
  }
  return text;
}

function wordsOf(locale: string): Map<string, string> {
  let known = words.get(locale);
  if (!known) {
    words.set(locale, (known = new Map()));
    const format = new Intl.DateTimeFormat(locale, { timeStyle: "short", hour12: true, timeZone: "UTC" });
    for (let hour = 0; hour < 24; hour++) {
      const name = format.formatToParts(hour * 3_600_000).find(({ type }) => type === "dayPeriod");
      if (name) known.set(plain(name.value), hour < 12 ? "a" : "p");
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
