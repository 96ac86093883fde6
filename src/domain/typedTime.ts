import { formatIn, formatNumber } from "./intl.ts";
import { type CalendarDay, isCalendarDay } from "./wallClock.ts";

export type DatePart = "day" | "month" | "year";

/** Minutes and seconds below ten with one digit, as `Intl` writes them in some locales. */
const singleDigitMinutes = /(?<=\d\s*[:.h]\s*)\d(?!\d)/g;
const timePattern = /^(\d{1,2})(?:\s*h|(?:\s*[:.h]\s*|\s)?(\d\d)(?:\s*[:.\s]\s*00)?)?\s*(?:([ap])\.?(?:\s?m\.?)?)?$/;
const datePattern = /^(\d{1,4})(?:\s|[-./]\s?)(\d{1,2})(?:\s|[-./]\s?)(\d{1,4})\.?$/;

/**
 * Parses a typed time: `9`, `930`, `9.30`, `9h30`, `9:30 pm`. Accepts the digits of any script, and every form in which
 * `Intl` writes a time in the locale: `下午9:30`, `15時15分`, `kl. 9.30`, `6:15 ч.`. Seconds have to be 00.
 */
export function parseTime(text: string, locale: string): { hour: number; minute: number } | undefined {
  const words = timeWordsOf(locale);
  const { rest, periodHours, isMinute } = removeWords(words.normalize(text), words);
  const padded = words.hasSingleDigitMinutes ? rest.replace(singleDigitMinutes, "0$&") : rest;
  const [, hours, minutes, half] = timePattern.exec(padded) ?? [];
  const minute = Number(minutes ?? "0");
  // "24:15" is a quarter past midnight where clocks go from 1 to 24.
  const hour = hours === "24" && words.cycles.has("h24") ? 0 : Number(hours);
  if (!hours || minute > 59 || hour > 23 || (isMinute && !minutes)) return undefined;
  if (!half && !periodHours) return { hour, minute };
  const allowedHours = periodHours ?? (half === "p" ? afternoon : morning);
  const isHourZero = hour === 0 && words.cycles.has("h11");
  if ((hour < 1 && !isHourZero) || hour > 12) return undefined;
  if (half && (periodHours ?? words.contradicts(half, allowedHours))) return undefined;
  const hourOfDay = [hour % 12, (hour % 12) + 12].find((candidate) => allowedHours.includes(candidate));
  return hourOfDay === undefined ? undefined : { hour: hourOfDay, minute };
}

/** Parses a whole number in the digits of any script, for the fields of a date. */
export function parseDigits(text: string): number | undefined {
  const digits = normalizeText(text);
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}

/**
 * Parses a date in numbers with a four-digit year, in the given order. A date that begins with the year is read as
 * ISO 8601. If the given order is year, day, month and both readings are possible, a leading zero means ISO 8601 and a
 * number of one digit means the given order. Other ambiguous dates are refused.
 */
export function parseDate(text: string, order: readonly DatePart[]): CalendarDay | undefined {
  const numbers = datePattern.exec(normalizeText(text))?.slice(1) ?? [];
  const read = (parts: readonly DatePart[]) => {
    const value = (part: DatePart) => Number(numbers[parts.indexOf(part)] ?? "");
    const day = { year: value("year"), month: value("month"), day: value("day") };
    return isCalendarDay(day) ? day : undefined;
  };
  if (numbers[0]?.length !== 4) return read(order);
  const iso = read(["year", "month", "day"]);
  const isPadded = numbers.some((number) => number.startsWith("0"));
  if (isPadded || order.join() !== "year,day,month") return iso;
  const inOrder = read(order);
  const isAmbiguous = iso && inOrder && iso.day !== inOrder.day && numbers.every((number) => number.length > 1);
  return isAmbiguous ? undefined : (inOrder ?? iso);
}

const longDate = { year: "numeric", month: "long", day: "numeric" } as const;
/** Formats in which a typed date with words may be written. */
const dateStyles: Intl.DateTimeFormatOptions[] = [
  { weekday: "long", month: "long", day: "numeric" },
  { ...longDate, weekday: "long" },
  { ...longDate, weekday: "short" },
  { ...longDate, weekday: "short", month: "short" },
  longDate,
  { ...longDate, month: "short" },
  { dateStyle: "full" },
  { dateStyle: "long" },
  { dateStyle: "medium" },
  { ...longDate, month: "numeric" },
];

/**
 * Parses a date as the locale writes it, in numbers or in words: `12/1/2026`, `Monday 12 January 2026`,
 * `2026年1月12日月曜日`. A date with the wrong weekday is refused.
 *
 * @param year Year of a text that has none.
 */
export function parseWrittenDate(text: string, locale: string, year?: number): CalendarDay | undefined {
  const inNumbers = parseDate(text, dateOrder(locale));
  if (inNumbers) return inNumbers;
  const { normalize } = timeWordsOf(locale);
  const written = unifySeparators(normalize(text));
  const numbers = (written.match(/\d+/g) ?? []).map(Number);
  const years = numbers.some((number) => number > 99) ? numbers.filter((number) => number > 99) : [year];
  for (const options of dateStyles) {
    const format = formatIn("UTC", locale, options);
    for (const day of possibleDays(numbers, years)) {
      if (unifySeparators(normalize(format.format(Date.UTC(day.year, day.month - 1, day.day)))) === written) {
        return day;
      }
    }
  }
  return undefined;
}

/** Lists the days that the numbers of a text can mean. */
function possibleDays(numbers: readonly number[], years: readonly (number | undefined)[]): CalendarDay[] {
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

/** Replaces commas and spaces by one space. JavaScript engines and the formats of the kit differ in them. */
function unifySeparators(text: string): string {
  return text.replace(/[\s,،、]+/g, " ");
}

/** Returns the order in which a locale writes day, month and year. */
export function dateOrder(locale: string): DatePart[] {
  return formatIn("UTC", locale, { year: "numeric", month: "numeric", day: "numeric" })
    .formatToParts(0)
    .map((part) => part.type)
    .filter((type) => type === "day" || type === "month" || type === "year");
}

const hoursOfDay = [...Array(24).keys()];
const morning = hoursOfDay.slice(0, 12);
const afternoon = hoursOfDay.slice(12);
const hourMs = 3_600_000;

/** Words around the digits of a time in a locale. */
interface TimeWords {
  /** Names of parts of the day, such as "pm", each with its hours. */
  periods: ReadonlyMap<string, readonly number[]>;
  /** Words before the time, the longest first: "kl.", "下午". */
  leading: readonly string[];
  /** Words after the time: "ч.", "分", "p.m.". */
  trailing: readonly string[];
  /** Words between the numbers: "時". */
  between: readonly string[];
  /** Words after an hour without minutes: "Uhr". */
  afterHour: ReadonlySet<string>;
  /** Hour cycles that the locale uses, such as `h23`. */
  cycles: ReadonlySet<string | undefined>;
  /** Returns the form in which texts are compared: lower case, with ASCII digits. */
  normalize: (text: string) => string;
  /** Whether the locale writes minutes below ten with one digit, as Yoruba does. */
  hasSingleDigitMinutes: boolean;
  /** Whether a name of the locale that begins with "a" or "p" means the other half of the day, as in Albanian. */
  contradicts: (half: string, hours: readonly number[]) => boolean;
}

const timeWords = new Map<string, TimeWords>();

function timeWordsOf(locale: string): TimeWords {
  let words = timeWords.get(locale);
  if (!words) timeWords.set(locale, (words = readTimeWords(locale)));
  return words;
}

/** Collects the words of a locale from the output of `Intl`. The kit needs no table of them. */
function readTimeWords(locale: string): TimeWords {
  const format = (options: Intl.DateTimeFormatOptions) => formatIn("UTC", locale, options);
  const short = format({ timeStyle: "short" });
  const twelveHour = format({ timeStyle: "short", hour12: true });
  const clock = format({ hour: "numeric", minute: "2-digit" });
  const hourOnly = format({ hour: "numeric" });
  const periods = new Map<string, number[]>();
  const sets = { before: new Set<string>(), between: new Set<string>(), after: new Set<string>() };
  const afterHour = new Set<string>();
  const zero = formatNumber(0, locale);
  const numerals = /\p{Nd}/u.test(zero) ? [] : hoursOfDay.slice(0, 10).map((digit) => formatNumber(digit, locale));
  // Unicode classifies ideographic numerals as letters.
  const normalize = (text: string) =>
    normalizeText(text).replace(/./gu, (sign) => (numerals.includes(sign) ? String(numerals.indexOf(sign)) : sign));
  const minuteOf = ({ type, value }: Intl.DateTimeFormatPart) => type === "minute" && normalize(value) === "5";
  const hasSingleDigitMinutes = short.formatToParts(300_000).some(minuteOf);

  for (const each of [short, twelveHour, clock]) {
    for (const hour of hoursOfDay) {
      for (const { type, value } of each.formatToParts(hour * hourMs)) {
        if (type !== "dayPeriod") continue;
        const name = normalize(value);
        periods.set(name, [...new Set([...(periods.get(name) ?? []), hour])]);
      }
    }
  }
  const noon = 12 * hourMs;
  const samples = [
    short,
    twelveHour,
    clock,
    format({ timeStyle: "short", hourCycle: "h23" }),
    format({ timeStyle: "medium" }),
  ];
  for (const each of samples) collectWords(each.formatToParts(noon), sets);
  const range = short.formatRangeToParts(noon, noon + 900_000);
  collectWords(range, sets);
  const cycles = new Set<string | undefined>(
    [short, twelveHour, clock].map((each) => each.resolvedOptions().hourCycle),
  );
  // Japanese uses hour 0 only in ranges.
  if (range.some(({ type, value }) => type === "hour" && normalize(value) === "0")) cycles.add("h11");
  // Words between the date and the time, such as "at". The words after the time are ignored.
  collectWords(format({ dateStyle: "long", timeStyle: "short" }).formatToParts(noon), { ...sets, after: new Set() });
  collectWords(hourOnly.formatToParts(noon), { before: sets.before, between: new Set(), after: afterHour });

  return {
    periods,
    leading: longestFirst([...periods.keys(), ...sets.before]),
    trailing: longestFirst([...periods.keys(), ...sets.after, ...afterHour]),
    between: longestFirst([...sets.between, ...sets.after]),
    afterHour,
    cycles,
    normalize,
    hasSingleDigitMinutes,
    contradicts: (half, hours) =>
      [...periods].some(([name, named]) => name.startsWith(half) && !named.some((hour) => hours.includes(hour))),
  };
}

function longestFirst(words: readonly string[]): string[] {
  return [...new Set(words)].filter(Boolean).toSorted((a, b) => b.length - a.length);
}

/** Adds the words of one format to the set of their position. */
function collectWords(
  parts: readonly { type: string; value: string }[],
  { before, between, after }: Record<"before" | "between" | "after", Set<string>>,
): void {
  const types = parts.map(({ type }) => type);
  const [hour, minute, last] = [types.indexOf("hour"), types.lastIndexOf("minute"), types.lastIndexOf("hour")];
  for (const [index, { type, value }] of parts.entries()) {
    if (type !== "literal") continue;
    const word = /[^\s\d,;]*[\p{L}#][^,;]*$/u.exec(normalizeText(value))?.[0] ?? "";
    if (!word) continue;
    // Users may type an abbreviation without its full stop.
    const forms = [word, word.replace(/\.$/, "")];
    const [previous, next] = [types[index - 1], types[index + 1]];
    if (next === "minute") for (const form of forms) between.add(form);
    else if (index < hour && (next === "hour" || next === "dayPeriod")) for (const form of forms) before.add(form);
    // Words between the two times of a range are ignored.
    else if (index > last && (index > minute || next === "second" || previous === "minute"))
      for (const form of forms) after.add(form);
  }
}

/** Removes the words of the locale from a time. Returns the hours of its part of the day, if it has one. */
function removeWords(
  text: string,
  { periods, leading, trailing, between, afterHour }: TimeWords,
): { rest: string; periodHours?: readonly number[] | undefined; isMinute: boolean } {
  let rest = text;
  let periodHours: readonly number[] | undefined;
  let isMinute = false;
  // A second name of a part of the day is not removed, so the text is refused.
  const isNext = (word: string) => !periodHours || !periods.has(word);
  for (;;) {
    const first = leading.find((word) => rest.startsWith(word) && isNext(word));
    const last = first === undefined ? trailing.find((word) => rest.endsWith(word) && isNext(word)) : undefined;
    const word = first ?? last;
    if (word === undefined) break;
    periodHours = periods.get(word) ?? periodHours;
    if (last !== undefined && !periods.has(word) && !afterHour.has(word)) isMinute = true;
    rest = (first === undefined ? rest.slice(0, -word.length) : rest.slice(word.length)).trim();
  }
  for (const word of between) rest = rest.replace(word, ":");
  return { rest, periodHours, isMinute };
}

/** Returns a text in lower case with ASCII digits, without the format characters of pasted text. */
function normalizeText(text: string): string {
  // Longer texts are never a time or date, and normalizing a long run of combining marks takes quadratic time.
  return (text.length < 100 ? text : "")
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/\p{Nd}/gu, digitValue)
    .trim()
    .toLowerCase();
}

/** Returns the value of a digit: its position in its run of ten. Unicode lists digits in such runs, from 0 to 9. */
function digitValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value % 10);
}
