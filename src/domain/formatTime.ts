import { timeOf } from "../api/instants.ts";
import { formatIn, localDigits, resolvedZone, usedLocale } from "./intl.ts";
import { dayOf, fromWallClock, toWallClock } from "./wallClock.ts";

/** Locale and time zone of a text. Both are required, so that no text depends on the settings of the computer. */
export interface Zoned {
  /** BCP 47 tag, for example `en-AU`. */
  locale: string;
  /** IANA name, for example `Australia/Sydney`. */
  timeZone: string;
}

/** Names of a time zone at an instant. */
export interface ZoneNames {
  /** City of the IANA name: "Sydney". The offset or "UTC" for a zone without a city. */
  city: string;
  /** Short name in the language of the locale: "AEDT". The offset where the locale has no name. */
  short: string;
  /** Offset from UTC: "UTC+11". */
  offset: string;
}

const styles = {
  time: { timeStyle: "short" },
  day: { weekday: "long", day: "numeric", month: "long" },
  dayWithYear: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  zone: { timeZoneName: "short" },
  offset: { timeZoneName: "shortOffset" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Formats a time: "10:00 am". Adds the zone if that time happens twice on that day: "2:30 am AEDT". */
export function formatTime(instant: string | Date, zoned: Zoned): string {
  return timeText(instant, zoned, happensTwice(instant, zoned));
}

/**
 * Formats a range of times: "10:00 – 10:30 am". Adds the day of an end on another day:
 * "11:15 pm – Tuesday 13 January, 12:00 am". Adds the zone to both times if clocks change between them.
 */
export function formatTimeRange(start: string | Date, end: string | Date, zoned: Zoned): string {
  const [first, last] = [zoneNames(start, zoned), zoneNames(end, zoned)];
  const clocksChange = first.offset !== last.offset;
  const [isStartTwice, isEndTwice] = [happensTwice(start, zoned), happensTwice(end, zoned)];
  const passesMidnight = dayOf(start, zoned.timeZone) !== dayOf(end, zoned.timeZone);
  if (clocksChange || passesMidnight) {
    const from = timeText(start, zoned, clocksChange || isStartTwice);
    const to = timeText(end, zoned, clocksChange || isEndTwice);
    return `${from} – ${passesMidnight ? `${formatDay(end, zoned)}, ` : ""}${to}`;
  }
  const range = formatter("time", zoned)
    .formatRangeToParts(timeOf(start), timeOf(end))
    .map(({ source, value }) => (source === "shared" ? withEnDash(unifySpaces(value)) : unifySpaces(value)))
    .join("");
  return isStartTwice || isEndTwice ? `${range} ${first.short}` : range;
}

/** Formats a day: "Monday 12 January", or with the year "Monday 12 January 2026". */
export function formatDay(instant: string | Date, zoned: Zoned, withYear = false): string {
  const parts = formatter(withYear ? "dayWithYear" : "day", zoned).formatToParts(timeOf(instant));
  // Browsers differ in the comma after an English weekday. The kit writes none before the day.
  const withoutCommas = /^en\b/i.test(usedLocale(zoned.locale)) && parts[2]?.type === "day";
  return parts.map(({ type, value }) => (withoutCommas && type === "literal" ? " " : value)).join("");
}

/** Returns the names of a time zone at an instant: "Sydney", "AEDT", "UTC+11". */
export function zoneNames(instant: string | Date, zoned: Zoned): ZoneNames {
  const at = timeOf(instant);
  const offset = zoneName(formatter("offset", { ...zoned, locale: "en" }), at).replace(/^GMT(\+0$)?/, "UTC");
  return {
    city: cityOf(zoned),
    // `Intl` returns the offset if the locale has no name for the zone.
    short: zoneName(formatter("zone", zoned), at).replace(/^GMT(?=[+-])/, "UTC"),
    offset: localDigits(offset, zoned.locale),
  };
}

/** Returns the city of a zone: "Sydney". Returns "UTC-5" for `Etc/GMT+5`: the sign in such names is reversed (POSIX). */
export function cityOf({ timeZone, locale }: Zoned): string {
  const zone = zoneId(timeZone);
  const [, sign, hours] = /^Etc\/GMT([+-])([1-9]\d?)$/.exec(zone) ?? [];
  if (sign) return localDigits(`UTC${sign === "+" ? "-" : "+"}${hours}`, locale);
  if (/^(Etc\/|GMT|UCT|UTC|Zulu|Universal|Greenwich)/.test(zone)) return "UTC";
  const city = zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
  return renamedCities[city] ?? city;
}

/** Present names of cities whose zone has an older name in JavaScript engines. */
const renamedCities: Record<string, string> = {
  Calcutta: "Kolkata",
  Dacca: "Dhaka",
  Enderbury: "Kanton",
  Godthab: "Nuuk",
  Katmandu: "Kathmandu",
  Kiev: "Kyiv",
  Rangoon: "Yangon",
  Saigon: "Ho Chi Minh",
};

/** Matches the IANA name of a zone in a region, in the standard letter case. */
const regionalZone = /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Z]/;

/**
 * Returns the IANA name of a zone in the standard letter case: "Australia/Sydney" for `australia/sydney`. A link, which is
 * an alias of a zone, keeps its name if its target is in the same region ("Asia/Kolkata"). Otherwise the target is returned
 * ("America/New_York" for `US/Eastern`).
 */
export function zoneId(timeZone: string): string {
  if (regionalZone.test(timeZone)) return timeZone;
  const zone = resolvedZone(timeZone);
  const region = (name: string) => name.split("/", 1)[0]?.toLowerCase();
  if (zone.toLowerCase() === timeZone.toLowerCase() || region(zone) !== region(timeZone)) return zone;
  if (/[A-Z]/.test(timeZone)) return timeZone;
  return timeZone.replace(/(^|[/_-])[a-z]/g, (start) => start.toUpperCase());
}

function timeText(instant: string | Date, zoned: Zoned, withZone: boolean): string {
  const time = unifySpaces(formatter("time", zoned).format(timeOf(instant)));
  return withZone ? `${time} ${zoneNames(instant, zoned).short}` : time;
}

/** Whether the local time happens twice on that day, because clocks go back. */
function happensTwice(instant: string | Date, { timeZone }: Zoned): boolean {
  return fromWallClock(toWallClock(instant, timeZone), timeZone).kind === "twice";
}

function formatter(style: keyof typeof styles, { locale, timeZone }: Zoned): Intl.DateTimeFormat {
  const key = [style, locale, timeZone].join();
  let format = formatters.get(key);
  if (!format) {
    const hourCycle = style === "time" && omitsDayPeriod(locale) ? ({ hourCycle: "h23" } as const) : {};
    format = formatIn(timeZone, locale, { ...styles[style], ...hourCycle });
    formatters.set(key, format);
  }
  return format;
}

/** Whether times of a locale are ambiguous: a 12-hour clock without am and pm. */
function omitsDayPeriod(locale: string): boolean {
  const format = formatIn("UTC", locale, styles.time);
  return format.format(9 * 3_600_000) === format.format(21 * 3_600_000);
}

function zoneName(format: Intl.DateTimeFormat, at: number): string {
  return format.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "";
}

/** Replaces each space by a no-break space. Engines differ in the space before "am", and hydration needs equal texts. */
function unifySpaces(text: string): string {
  return text.replace(/\s/g, "\u00a0");
}

/** Replaces the dash of a range by one form. Locales and engines differ in it. */
function withEnDash(text: string): string {
  return text.replace(/\s*[\p{Pd}~～〜]\s*/u, " – ");
}
