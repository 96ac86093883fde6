/**
 * The only file that calls `Intl`. For an unknown locale or zone, its constructors use those of the computer. The same screen
 * would then show 3/8/2026 for March on one computer and for August on another.
 */

/**
 * Locale that replaces one without data in the engine. English, because every engine has it, in the Australian form, which
 * writes the day before the month.
 */
export const fallbackLocale = "en-AU";

const used = new Map<string, string>();

/**
 * Gives the locale that every format uses: the given one, or `fallbackLocale` if the engine has no date formats for it. All
 * formats use the same locale, so that a screen is not in two languages.
 *
 * @throws RangeError if it is not a BCP 47 tag.
 */
export function usedLocale(locale: string): string {
  let known = used.get(locale);
  if (known === undefined) {
    checkLocale(locale);
    known = has(Intl.DateTimeFormat, locale) ? locale : fallbackLocale;
    used.set(locale, known);
  }
  return known;
}

/** @throws RangeError with the value that is not a language tag, such as `en_AU`. The error of `Intl` does not name it. */
export function checkLocale(locale: string): void {
  try {
    // A missing locale is no error for `Intl`, and every format would use that of the computer.
    if (Intl.getCanonicalLocales(locale).length > 0) return;
  } catch {}
  throw new RangeError(`locale must be a BCP 47 tag such as en-AU, not "${locale}"`);
}

/** Error for a locale without data in this engine. `undefined` if there is data. */
export function localeError(locale: string): RangeError | undefined {
  if (usedLocale(locale) === locale) return undefined;
  return new RangeError(`This engine has no data for the locale "${locale}": dates and times are in ${fallbackLocale}`);
}

/** Error for a time zone that is unknown in this engine. `undefined` if it is known. */
export function zoneError(timeZone: string): RangeError | undefined {
  if (isTimeZone(timeZone)) return undefined;
  return new RangeError(`timeZone must be an IANA zone such as Australia/Sydney, not "${timeZone}"`);
}

export function isTimeZone(zone: string): boolean {
  // Not all browsers accept offsets ("+10:00") as zones. Without a zone, `Intl` would use that of the computer.
  if (!/^[a-z]/i.test(zone ?? "")) return false;
  try {
    return Boolean(new Intl.DateTimeFormat(fallbackLocale, { timeZone: zone }));
  } catch {
    return false;
  }
}

/** Gives the name of a zone in the engine: in its letter case, and for some links that of the target. */
export function resolvedZone(timeZone: string): string {
  return formatIn(timeZone, fallbackLocale, {}).resolvedOptions().timeZone;
}

/** Gives the time zone of the computer, for the times of its user. */
export function machineTimeZone(): string {
  return new Intl.DateTimeFormat(fallbackLocale).resolvedOptions().timeZone;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Gives a date format in the Gregorian calendar. Formats are slow to create and are kept. */
export function formatIn(timeZone: string, locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([timeZone, locale, options]);
  let format = formats.get(key);
  if (!format) {
    const error = zoneError(timeZone);
    if (error) throw error;
    format = new Intl.DateTimeFormat(usedLocale(locale), { ...options, timeZone, calendar: "gregory" });
    formats.set(key, format);
  }
  return format;
}

const numbers = new Map<string, Intl.NumberFormat>();

/** Formats a whole number in the digits of the locale, without grouping: "2026", "٢٠٢٦". */
export function formatNumber(number: number, locale: string): string {
  let format = numbers.get(locale);
  if (!format)
    numbers.set(locale, (format = new Intl.NumberFormat([usedLocale(locale), fallbackLocale], { useGrouping: false })));
  return format.format(number);
}

/** Replaces the ASCII digits of a text by those of the locale. */
export function localDigits(text: string, locale: string): string {
  if (formatNumber(9, locale) === "9") return text;
  return text.replace(/\d/g, (digit) => formatNumber(Number(digit), locale));
}

/** Joins names as a sentence of the locale does: "A, B and C". Commas only, if the engine has no words for it. */
export function formatList(names: readonly string[], locale: string): string {
  const known = usedLocale(locale);
  if (!has(Intl.ListFormat, known)) return names.join(", ");
  return new Intl.ListFormat(known).format(names);
}

/**
 * A duration in the units of the locale: "45 mins", "1 hr 30 mins", "2 Std. 5 Min.".
 *
 * @param minutes Length in minutes. Rounded to whole minutes.
 */
export function formatDuration(minutes: number, locale: string): string {
  const total = Math.round(minutes);
  const hours = Math.trunc(total / 60);
  const rest = total % 60;
  const known = [usedLocale(locale), fallbackLocale];
  const unit = (value: number, name: "hour" | "minute") =>
    new Intl.NumberFormat(known, { style: "unit", unit: name, unitDisplay: "short" }).format(value);
  const parts = [...(hours ? [unit(hours, "hour")] : []), ...(rest || !hours ? [unit(rest, "minute")] : [])];
  return parts.join(" ").replaceAll(/\s/g, "\u00a0");
}

/** Compares two texts in the alphabetical order of the locale, or of Unicode if the engine has no data for it. */
export function textOrder(locale: string): (a: string, b: string) => number {
  return new Intl.Collator([usedLocale(locale), fallbackLocale]).compare;
}

interface Service {
  supportedLocalesOf: (locales: string[]) => string[];
}

function has(service: Service, locale: string): boolean {
  return service.supportedLocalesOf([locale]).length > 0;
}
