/**
 * The only file that calls `Intl`. Its constructors take the locale and the zone of the machine where the given ones
 * are unknown, so that the same screen would read 3/8/2026 as March on one computer and as August on the next.
 */

/**
 * Locale that takes the place of one for which the engine has no data: English, because every engine has it, in the
 * Australian form, which writes the day before the month.
 */
export const fallbackLocale = "en-AU";

const used = new Map<string, string>();

/**
 * The locale that every format uses for a given one: the locale itself, or `fallbackLocale` where the engine cannot
 * write its dates. One answer for all services, so that a screen is not in two languages: what an engine does not have
 * besides the dates has no words (ASCII digits, commas, the order of Unicode).
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

/** @throws RangeError naming what is not a language tag, such as `en_AU`: Intl itself does not say which. */
export function checkLocale(locale: string): void {
  try {
    // Without a locale there is no error, and every format would take the machine's.
    if (Intl.getCanonicalLocales(locale).length > 0) return;
  } catch {}
  throw new RangeError(`locale must be a BCP 47 tag such as en-AU, not "${locale}"`);
}

/** What to tell a developer whose locale has no data here; `undefined` where it has. */
export function localeError(locale: string): RangeError | undefined {
  if (usedLocale(locale) === locale) return undefined;
  return new RangeError(`This engine has no data for the locale "${locale}": dates and times are in ${fallbackLocale}`);
}

/** What to tell a developer whose zone is unknown here. */
export function zoneError(timeZone: string): RangeError | undefined {
  if (isTimeZone(timeZone)) return undefined;
  return new RangeError(`timeZone must be an IANA zone such as Australia/Sydney, not "${timeZone}"`);
}

export function isTimeZone(zone: string): boolean {
  // Not all browsers know offsets ("+10:00") as zones, and without any zone Intl would take the machine's.
  if (!/^[a-z]/i.test(zone ?? "")) return false;
  try {
    return Boolean(new Intl.DateTimeFormat(fallbackLocale, { timeZone: zone }));
  } catch {
    return false;
  }
}

/** The name the engine has for a zone: in its own letter case, and for some links that of another zone. */
export function resolvedZone(timeZone: string): string {
  return formatIn(timeZone, fallbackLocale, {}).resolvedOptions().timeZone;
}

/** The zone of the machine, for the times of the person in front of it. */
export function machineTimeZone(): string {
  return new Intl.DateTimeFormat(fallbackLocale).resolvedOptions().timeZone;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format in a zone that is known, by the Gregorian calendar. Formats are slow to make and are kept. */
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

/** A whole number in the digits of the locale, without grouping: "2026", "٢٠٢٦". */
export function formatNumber(number: number, locale: string): string {
  let format = numbers.get(locale);
  if (!format)
    numbers.set(locale, (format = new Intl.NumberFormat([usedLocale(locale), fallbackLocale], { useGrouping: false })));
  return format.format(number);
}

/** A text with its ASCII digits in those of the locale. */
export function localDigits(text: string, locale: string): string {
  if (formatNumber(9, locale) === "9") return text;
  return text.replace(/\d/g, (digit) => formatNumber(Number(digit), locale));
}

/** Names as a sentence of the locale lists them: "A, B and C". Commas alone where the engine has no such words. */
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

/** Compares two texts in the order of the locale's alphabet; by that of Unicode where the engine does not have it. */
export function textOrder(locale: string): (a: string, b: string) => number {
  return new Intl.Collator([usedLocale(locale), fallbackLocale]).compare;
}

interface Service {
  supportedLocalesOf: (locales: string[]) => string[];
}

function has(service: Service, locale: string): boolean {
  return service.supportedLocalesOf([locale]).length > 0;
}
