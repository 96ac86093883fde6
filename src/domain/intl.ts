/**
 * The only file that calls `Intl`. For an unknown locale, its constructors use that of the computer. The text 3/8/2026 would
 * then mean March on one computer and August on another.
 */

/**
 * Locale used if the JavaScript engine has no data for the given one. Every engine has English. The Australian form writes
 * the day before the month.
 */
export const fallbackLocale = "en-AU";

const usedLocales = new Map<string, string>();

/**
 * Returns the locale that every format uses: the given one, or `fallbackLocale` if the engine has no date formats for it.
 * All formats use the same locale, so that a screen is not in two languages.
 *
 * @throws RangeError if it is not a BCP 47 tag.
 */
export function usedLocale(locale: string): string {
  let used = usedLocales.get(locale);
  if (used === undefined) {
    checkLocale(locale);
    used = hasData(Intl.DateTimeFormat, locale) ? locale : fallbackLocale;
    usedLocales.set(locale, used);
  }
  return used;
}

/** @throws RangeError with the value that is not a language tag, such as `en_AU`. The error of `Intl` does not name it. */
export function checkLocale(locale: string): void {
  try {
    // `Intl` accepts an empty list of locales, and then uses the locale of the computer.
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

/** Returns the engine's name of a zone, in the standard letter case. For some links it is the name of their target. */
export function resolvedZone(timeZone: string): string {
  return formatIn(timeZone, fallbackLocale, {}).resolvedOptions().timeZone;
}

/** Returns the time zone of the computer, for times in the user's zone. */
export function machineTimeZone(): string {
  return new Intl.DateTimeFormat(fallbackLocale).resolvedOptions().timeZone;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns a date format in the Gregorian calendar. Formats are cached, because they are slow to create. */
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

/** Replaces ASCII digits by those of the locale. */
export function localDigits(text: string, locale: string): string {
  if (formatNumber(9, locale) === "9") return text;
  return text.replace(/\d/g, (digit) => formatNumber(Number(digit), locale));
}

/** Joins names as the locale does: "A, B and C". Uses commas only if the engine has no list format for the locale. */
export function formatList(names: readonly string[], locale: string): string {
  const used = usedLocale(locale);
  if (!hasData(Intl.ListFormat, used)) return names.join(", ");
  return new Intl.ListFormat(used).format(names);
}

/**
 * Formats a duration in the units of the locale: "45 mins", "1 hr 30 mins", "2 Std. 5 Min.".
 *
 * @param minutes Length in minutes. Rounded to whole minutes.
 */
export function formatDuration(minutes: number, locale: string): string {
  const totalMinutes = Math.round(minutes);
  const hours = Math.trunc(totalMinutes / 60);
  const restMinutes = totalMinutes % 60;
  const locales = [usedLocale(locale), fallbackLocale];
  const unit = (value: number, name: "hour" | "minute") =>
    new Intl.NumberFormat(locales, { style: "unit", unit: name, unitDisplay: "short" }).format(value);
  const parts = [
    ...(hours ? [unit(hours, "hour")] : []),
    ...(restMinutes || !hours ? [unit(restMinutes, "minute")] : []),
  ];
  return parts.join(" ").replaceAll(/\s/g, "\u00a0");
}

/** Returns a function that compares texts alphabetically. Uses `fallbackLocale` if the engine has no data for the locale. */
export function textOrder(locale: string): (a: string, b: string) => number {
  return new Intl.Collator([usedLocale(locale), fallbackLocale]).compare;
}

interface IntlConstructor {
  supportedLocalesOf: (locales: string[]) => string[];
}

function hasData(constructor: IntlConstructor, locale: string): boolean {
  return constructor.supportedLocalesOf([locale]).length > 0;
}
