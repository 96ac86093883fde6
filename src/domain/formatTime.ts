import { timeOf } from "../api/instants.ts";
import { formatIn, localDigits, resolvedZone, usedLocale } from "./intl.ts";
import { dayOf, fromWallClock, toWallClock } from "./wallClock.ts";

/** Locale and time zone of a text. Both are always given, so that no text depends on the settings of the computer. */
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

/** Formats a time: "10:00 am". The zone is added where clocks show that time twice that day: "2:30 am AEDT". */
export function formatTime(instant: string | Date, zoned: Zoned): string {
  return timeText(instant, zoned, isTwice(instant, zoned));
}

/**
 * Formats a range of times: "10:00 – 10:30 am". An end on another day has its day: "11:15 pm – Tuesday 13 January, 12:00 am".
 * If clocks change in between, both times have their zone.
 */
export function formatTimeRange(start: string | Date, end: string | Date, zoned: Zoned): string {
  const [first, last] = [zoneNames(start, zoned), zoneNames(end, zoned)];
  const changes = first.offset !== last.offset;
  const [startTwice, endTwice] = [isTwice(start, zoned), isTwice(end, zoned)];
  const passesMidnight = dayOf(start, zoned.timeZone) !== dayOf(end, zoned.timeZone);
  if (changes || passesMidnight) {
    const from = timeText(start, zoned, changes || startTwice);
    const to = timeText(end, zoned, changes || endTwice);
    return `${from} – ${passesMidnight ? `${formatDay(end, zoned)}, ` : ""}${to}`;
  }
  const range = formatter("time", zoned)
    .formatRangeToParts(timeOf(start), timeOf(end))
    .map(({ source, value }) => (source === "shared" ? withEnDash(unbroken(value)) : unbroken(value)))
    .join("");
  return startTwice || endTwice ? `${range} ${first.short}` : range;
}

/** Formats a day: "Monday 12 January", or with the year "Monday 12 January 2026". */
export function formatDay(instant: string | Date, zoned: Zoned, withYear = false): string {
  const parts = formatter(withYear ? "dayWithYear" : "day", zoned).formatToParts(timeOf(instant));
  // Browsers differ in the comma after an English weekday. The kit writes none before the day.
  const withoutCommas = /^en\b/i.test(usedLocale(zoned.locale)) && parts[2]?.type === "day";
  return parts.map(({ type, value }) => (withoutCommas && type === "literal" ? " " : value)).join("");
}

/** Gives the names of a time zone at an instant: "Sydney", "AEDT", "UTC+11". */
export function zoneNames(instant: string | Date, zoned: Zoned): ZoneNames {
  const at = timeOf(instant);
  const offset = zoneName(formatter("offset", { ...zoned, locale: "en" }), at).replace(/^GMT(\+0$)?/, "UTC");
  return {
    city: cityOf(zoned),
    // A locale without a name for the zone gives the offset.
    short: zoneName(formatter("zone", zoned), at).replace(/^GMT(?=[+-])/, "UTC"),
    offset: localDigits(offset, zoned.locale),
  };
}

/** Gives the city of a zone: "Sydney". "UTC-5" for `Etc/GMT+5`, because POSIX counts hours to the west. */
export function cityOf({ timeZone, locale }: Zoned): string {
  const zone = zoneId(timeZone);
  const [, sign, hours] = /^Etc\/GMT([+-])([1-9]\d?)$/.exec(zone) ?? [];
  if (sign) return localDigits(`UTC${sign === "+" ? "-" : "+"}${hours}`, locale);
  if (/^(Etc\/|GMT|UCT|UTC|Zulu|Universal|Greenwich)/.test(zone)) return "UTC";
  const city = zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
  return renamed[city] ?? city;
}

/** Cities whose zone still has an older name in the engines. */
const renamed: Record<string, string> = {
  Calcutta: "Kolkata",
  Dacca: "Dhaka",
  Enderbury: "Kanton",
  Godthab: "Nuuk",
  Katmandu: "Kathmandu",
  Kiev: "Kyiv",
  Rangoon: "Yangon",
  Saigon: "Ho Chi Minh",
};

/** A name of a place, in its own letter case. */
const ofRegion = /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Z]/;

/**
 * Gives the IANA name of a zone in its letter case: "Australia/Sydney" for `australia/sydney`. A link keeps its name within a
 * region ("Asia/Kolkata"). Other links give their target ("America/New_York" for `US/Eastern`).
 */
export function zoneId(timeZone: string): string {
  if (ofRegion.test(timeZone)) return timeZone;
  const zone = resolvedZone(timeZone);
  const region = (name: string) => name.split("/", 1)[0]?.toLowerCase();
  if (zone.toLowerCase() === timeZone.toLowerCase() || region(zone) !== region(timeZone)) return zone;
  if (/[A-Z]/.test(timeZone)) return timeZone;
  return timeZone.replace(/(^|[/_-])[a-z]/g, (start) => start.toUpperCase());
}

function timeText(instant: string | Date, zoned: Zoned, withZone: boolean): string {
  const time = unbroken(formatter("time", zoned).format(timeOf(instant)));
  return withZone ? `${time} ${zoneNames(instant, zoned).short}` : time;
}

/** Tells whether clocks show a time twice that day, so that it needs its zone. */
function isTwice(instant: string | Date, { timeZone }: Zoned): boolean {
  return fromWallClock(toWallClock(instant, timeZone), timeZone).kind === "twice";
}

function formatter(style: keyof typeof styles, { locale, timeZone }: Zoned): Intl.DateTimeFormat {
  const key = [style, locale, timeZone].join();
  let format = formatters.get(key);
  if (!format) {
    const hourCycle = style === "time" && hidesHalf(locale) ? ({ hourCycle: "h23" } as const) : {};
    format = formatIn(timeZone, locale, { ...styles[style], ...hourCycle });
    formatters.set(key, format);
  }
  return format;
}

/** Tells whether a format names the half of the day. Some locales do not, with a clock of twelve hours. */
function hidesHalf(locale: string): boolean {
  const format = formatIn("UTC", locale, styles.time);
  return format.format(9 * 3_600_000) === format.format(21 * 3_600_000);
}

function zoneName(format: Intl.DateTimeFormat, at: number): string {
  return format.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "";
}

/** Replaces the spaces of a format by one kind, since engines differ in the space before "am". Server and browser then agree. */
function unbroken(text: string): string {
  return text.replace(/\s/g, "\u00a0");
}

/** Replaces the dash of a range by one form, since locales and engines differ in it. */
function withEnDash(text: string): string {
  return text.replace(/\s*[\p{Pd}~～〜]\s*/u, " – ");
}
