import { formatIn, formatNumber } from "./intl.ts";
import { type CalendarDay, isCalendarDay } from "./wallClock.ts";

export type DatePart = "day" | "month" | "year";

/** Minutes and seconds of one digit, as Intl writes them in some locales. */
const shortMinutes = /(?<=\d\s*[:.h]\s*)\d(?!\d)/g;
const time = /^(\d{1,2})(?:\s*h|(?:\s*[:.h]\s*|\s)?(\d\d)(?:\s*[:.\s]\s*00)?)?\s*(?:([ap])\.?(?:\s?m\.?)?)?$/;
const date = /^(\d{1,4})(?:\s|[-./]\s?)(\d{1,2})(?:\s|[-./]\s?)(\d{1,4})\.?$/;

/**
 * Reads a time as people type it: `9`, `930`, `9.30`, `9h30`, `9:30 pm`, in the digits of any script, and in every form
 * in which `Intl` writes it in the locale: `下午9:30`, `15時15分`, `kl. 9.30`, `6:15 ч.`. Seconds have to be 00.
 */
export function parseTime(text: string, locale: string): { hour: number; minute: number } | undefined {
  const words = wordsOf(locale);
  const { rest, named, isMinute } = withoutWords(words.normal(text), words);
  const full = words.hasShortMinutes ? rest.replace(shortMinutes, "0$&") : rest;
  const [, hours, minutes, half] = time.exec(full) ?? [];
  const minute = Number(minutes ?? "0");
  // "24:15" is a quarter past midnight where clocks go from 1 to 24.
  const hour = hours === "24" && words.cycles.has("h24") ? 0 : Number(hours);
  if (!hours || minute > 59 || hour > 23 || (isMinute && !minutes)) return undefined;
  if (!half && !named) return { hour, minute };
  const meant = named ?? (half === "p" ? afternoon : morning);
  const isFirst = hour === 0 && words.cycles.has("h11");
  if ((hour < 1 && !isFirst) || hour > 12 || (half && (named ?? words.contradicts(half, meant)))) return undefined;
  const found = [hour % 12, (hour % 12) + 12].find((one) => meant.includes(one));
  return found === undefined ? undefined : { hour: found, minute };
}

/** Reads a whole number in the digits of any script, for the fields of a date. */
export function parseDigits(text: string): number | undefined {
  const digits = plain(text);
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}

/**
 * Reads a whole date in numbers with a four-digit year, in the given order. A date that begins with the year is read as
 * ISO 8601; in an order that has the day before the month it has to have a zero that shows which of the two is meant.
 */
export function parseDate(text: string, order: readonly DatePart[]): CalendarDay | undefined {
  const numbers = date.exec(plain(text))?.slice(1) ?? [];
  const read = (parts: readonly DatePart[]) => {
    const value = (part: DatePart) => Number(numbers[parts.indexOf(part)] ?? "");
    const day = { year: value("year"), month: value("month"), day: value("day") };
    return isCalendarDay(day) ? day : undefined;
  };
  if (numbers[0]?.length !== 4) return read(order);
  const iso = read(["year", "month", "day"]);
  const isPadded = numbers.some((number) => number.startsWith("0"));
  if (isPadded || order.join() !== "year,day,month") return iso;
  const own = read(order);
  const isEither = iso && own && iso.day !== own.day && numbers.every((number) => number.length > 1);
  return isEither ? undefined : (own ?? iso);
}

const long = { year: "numeric", month: "long", day: "numeric" } as const;
/** The forms in which a locale writes a day in words. */
const dateStyles: Intl.DateTimeFormatOptions[] = [
  { weekday: "long", month: "long", day: "numeric" },
  { ...long, weekday: "long" },
  { ...long, weekday: "short" },
  { ...long, weekday: "short", month: "short" },
  long,
  { ...long, month: "short" },
  { dateStyle: "full" },
  { dateStyle: "long" },
  { dateStyle: "medium" },
  { ...long, month: "numeric" },
];

/**
 * Reads a day as the locale writes it, in numbers or in words: `12/1/2026`, `Monday 12 January 2026`,
 * `2026年1月12日月曜日`. A name of a weekday that is not that of the date makes it no date. `year` is the one meant by a text
 * without a year.
 */
export function parseWrittenDate(text: string, locale: string, year?: number): CalendarDay | undefined {
  const inNumbers = parseDate(text, dateOrder(locale));
  if (inNumbers) return inNumbers;
  const { normal } = wordsOf(locale);
  const written = bare(normal(text));
  const numbers = (written.match(/\d+/g) ?? []).map(Number);
  const years = numbers.some((number) => number > 99) ? numbers.filter((number) => number > 99) : [year];
  for (const options of dateStyles) {
    const format = formatIn("UTC", locale, options);
    for (const day of candidates(numbers, years)) {
      if (bare(normal(format.format(Date.UTC(day.year, day.month - 1, day.day)))) === written) {
        return day;
      }
    }
  }
  return undefined;
}

/** Gives the days that numbers in a text could stand for. */
function candidates(numbers: readonly number[], years: readonly (number | undefined)[]): CalendarDay[] {
  const days: CalendarDay[] = [];
  for (const year of years) {
    if (year === undefined) continue;
    for (const day of new Set(numbers)) {
      for (let month = 1; month <= 12; month++) {
        if (isCalendarDay({ year, month, day })) days.push({ year, month, day });
      }
    }
  }
  return days;
}

/** Removes commas and spaces, in which engines and the formats of the kit differ. */
function bare(text: string): string {
  return text.replace(/[\s,،、]+/g, " ");
}

/** Gives the order in which a locale writes day, month and year. */
export function dateOrder(locale: string): DatePart[] {
  return formatIn("UTC", locale, { year: "numeric", month: "numeric", day: "numeric" })
    .formatToParts(0)
    .map((part) => part.type)
    .filter((type) => type === "day" || type === "month" || type === "year");
}

const day = [...Array(24).keys()];
const morning = day.slice(0, 12);
const afternoon = day.slice(12);
const hourLength = 3_600_000;

/** Words around the digits of a time in a locale. */
interface Words {
  /** Names of parts of the day, each with its hours. */
  periods: ReadonlyMap<string, readonly number[]>;
  /** Words before the time, the longest first: "kl.", "下午". */
  leading: readonly string[];
  /** Words after the time: "ч.", "分", "p.m.". */
  trailing: readonly string[];
  /** Words between its numbers: "時". */
  between: readonly string[];
  /** Words after an hour without minutes: "Uhr". */
  afterHour: ReadonlySet<string>;
  cycles: ReadonlySet<string | undefined>;
  /** The text in the form that is compared, with ASCII digits. */
  normal: (text: string) => string;
  /** Whether the locale writes minutes below ten with one digit, as Yoruba does. */
  hasShortMinutes: boolean;
  /** Whether the locale's own names take "a" or "p" for the other half of the day, as Albanian does. */
  contradicts: (half: string, meant: readonly number[]) => boolean;
}

const known = new Map<string, Words>();

function wordsOf(locale: string): Words {
  let words = known.get(locale);
  if (!words) known.set(locale, (words = readWords(locale)));
  return words;
}

/** Learns the words from `Intl`, so that there is no table of them and none is missing. */
function readWords(locale: string): Words {
  const format = (options: Intl.DateTimeFormatOptions) => formatIn("UTC", locale, options);
  const short = format({ timeStyle: "short" });
  const halves = format({ timeStyle: "short", hour12: true });
  const clock = format({ hour: "numeric", minute: "2-digit" });
  const hourAlone = format({ hour: "numeric" });
  const periods = new Map<string, number[]>();
  const sets = { before: new Set<string>(), between: new Set<string>(), after: new Set<string>() };
  const afterHour = new Set<string>();
  const zero = formatNumber(0, locale);
  const numerals = /\p{Nd}/u.test(zero) ? [] : day.slice(0, 10).map((digit) => formatNumber(digit, locale));
  // Ideographic numerals are letters to Unicode.
  const normal = (text: string) =>
    plain(text).replace(/./gu, (sign) => (numerals.includes(sign) ? String(numerals.indexOf(sign)) : sign));
  const minuteOf = ({ type, value }: Intl.DateTimeFormatPart) => type === "minute" && normal(value) === "5";
  const hasShortMinutes = short.formatToParts(300_000).some(minuteOf);

  for (const each of [short, halves, clock]) {
    for (const hour of day) {
      for (const { type, value } of each.formatToParts(hour * hourLength)) {
        if (type !== "dayPeriod") continue;
        const name = normal(value);
        periods.set(name, [...new Set([...(periods.get(name) ?? []), hour])]);
      }
    }
  }
  const noon = 12 * hourLength;
  const samples = [
    short,
    halves,
    clock,
    format({ timeStyle: "short", hourCycle: "h23" }),
    format({ timeStyle: "medium" }),
  ];
  for (const each of samples) collect(each.formatToParts(noon), sets);
  const range = short.formatRangeToParts(noon, noon + 900_000);
  collect(range, sets);
  const cycles = new Set<string | undefined>([short, halves, clock].map((each) => each.resolvedOptions().hourCycle));
  // Japanese counts from 0 in ranges only.
  if (range.some(({ type, value }) => type === "hour" && normal(value) === "0")) cycles.add("h11");
  // Only what leads to the time: before it stands the date.
  collect(format({ dateStyle: "long", timeStyle: "short" }).formatToParts(noon), { ...sets, after: new Set() });
  collect(hourAlone.formatToParts(noon), { before: sets.before, between: new Set(), after: afterHour });

  return {
    periods,
    leading: longestFirst([...periods.keys(), ...sets.before]),
    trailing: longestFirst([...periods.keys(), ...sets.after, ...afterHour]),
    between: longestFirst([...sets.between, ...sets.after]),
    afterHour,
    cycles,
    normal,
    hasShortMinutes,
    contradicts: (half, meant) =>
      [...periods].some(([name, hours]) => name.startsWith(half) && !hours.some((hour) => meant.includes(hour))),
  };
}

function longestFirst(words: readonly string[]): string[] {
  return [...new Set(words)].filter(Boolean).toSorted((a, b) => b.length - a.length);
}

/** Puts the words of one format into the set of the place where they stand. */
function collect(
  parts: readonly { type: string; value: string }[],
  { before, between, after }: Record<"before" | "between" | "after", Set<string>>,
): void {
  const types = parts.map(({ type }) => type);
  const [hour, minute, last] = [types.indexOf("hour"), types.lastIndexOf("minute"), types.lastIndexOf("hour")];
  for (const [index, { type, value }] of parts.entries()) {
    if (type !== "literal") continue;
    const word = /[^\s\d,;]*[\p{L}#][^,;]*$/u.exec(plain(value))?.[0] ?? "";
    if (!word) continue;
    // An abbreviation is typed without its full stop as well.
    const words = [word, word.replace(/\.$/, "")];
    const [previous, next] = [types[index - 1], types[index + 1]];
    if (next === "minute") for (const one of words) between.add(one);
    else if (index < hour && (next === "hour" || next === "dayPeriod")) for (const one of words) before.add(one);
    // In a range what stands between the two times leads to neither.
    else if (index > last && (index > minute || next === "second" || previous === "minute"))
      for (const one of words) after.add(one);
  }
}

/** Removes the words of the locale from a time, and gives the hours of its part of the day. */
function withoutWords(
  text: string,
  { periods, leading, trailing, between, afterHour }: Words,
): { rest: string; named?: readonly number[] | undefined; isMinute: boolean } {
  let rest = text;
  let named: readonly number[] | undefined;
  let isMinute = false;
  // A second name of a part of the day stays and makes it no time.
  const isNext = (word: string) => !named || !periods.has(word);
  for (;;) {
    const first = leading.find((word) => rest.startsWith(word) && isNext(word));
    const last = first === undefined ? trailing.find((word) => rest.endsWith(word) && isNext(word)) : undefined;
    const word = first ?? last;
    if (word === undefined) break;
    named = periods.get(word) ?? named;
    if (last !== undefined && !periods.has(word) && !afterHour.has(word)) isMinute = true;
    rest = (first === undefined ? rest.slice(0, -word.length) : rest.slice(word.length)).trim();
  }
  for (const word of between) rest = rest.replace(word, ":");
  return { rest, named, isMinute };
}

/** Gives a text in lower case with ASCII digits, without the invisible marks of pasted text. */
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
