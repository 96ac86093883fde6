import { formatDay, formatTime, formatTimeRange } from "../../src/domain/formatTime.ts";
import { formatNumber } from "../../src/domain/intl.ts";
import { dateOrder, parseDate, parseTime, parseWrittenDate } from "../../src/domain/typedTime.ts";
import { dayIn, typedDate } from "../../src/ui/typedDate.ts";

const quarter = 900_000;
const styles: Record<string, Intl.DateTimeFormatOptions> = {
  short: { timeStyle: "short" },
  medium: { timeStyle: "medium" },
  h12: { timeStyle: "short", hour12: true },
  h23: { timeStyle: "short", hourCycle: "h23" },
  "hour and minute": { hour: "numeric", minute: "2-digit" },
};

/** Locales with data whose times or dates differ from those of every earlier one. */
export function distinct(locales: readonly string[]): string[] {
  const known = new Map<string, string>();
  for (const locale of locales.filter((tag) => Intl.DateTimeFormat.supportedLocalesOf([tag]).length > 0)) {
    const zone = { timeZone: "UTC" };
    const times = Object.values(styles).map((style) => {
      const format = new Intl.DateTimeFormat(locale, { ...style, ...zone });
      const hours = [...Array(24).keys()].map((hour) => format.format(hour * 4 * quarter + 300_000));
      return [...hours, style.timeStyle === "short" ? format.formatRange(0, quarter) : ""];
    });
    const day = new Intl.DateTimeFormat(locale, { dateStyle: "full", ...zone, calendar: "gregory" }).format(0);
    const key = JSON.stringify([times, day, dateOrder(locale)]);
    if (!known.has(key)) known.set(key, locale);
  }
  return [...known.values()];
}

/** Times of a day, a quarter of an hour apart, that are not parsed as the time they were formatted from. */
export function unreadTimes(locale: string): string[] {
  const unread: string[] = [];
  const isRegion = /^[^-]+-[^-]+$/.test(locale);
  const formats = Object.entries(styles).flatMap(([name, style]) =>
    // A region differs from its language only in which of these it uses.
    isRegion && name !== "short"
      ? []
      : [[name, new Intl.DateTimeFormat(locale, { ...style, timeZone: "UTC" })] as const],
  );
  const nine = 9 * 4 * quarter;
  for (let index = 0; index < 96; index++) {
    const at = Date.UTC(2026, 0, 12) + index * quarter;
    const check = (name: string, text: string) => {
      const read = parseTime(text, locale);
      if (read?.hour === Math.floor(index / 4) && read.minute === (index % 4) * 15) return;
      unread.push(`${locale}, ${name}, quarter ${index}: ${text}`);
    };
    check("the kit", formatTime(new Date(at), { locale, timeZone: "UTC" }));
    for (const [name, format] of formats) {
      // French of Cameroon writes twelve hours without am or pm, which can't be parsed.
      if (format.format(nine) !== format.format(nine + 48 * quarter)) check(name, format.format(at));
    }
    // A range has am or pm once when both ends are in the same half of the day.
    const ends = formatTimeRange(new Date(at), new Date(at + quarter), { locale, timeZone: "UTC" }).split(" – ");
    for (const [end, text] of ends.length === 2 ? ends.entries() : []) {
      const read = parseTime(text, locale);
      const minutes = ((index + end) % 96) * 15;
      const isRead = read && (read.hour * 60 + read.minute) % 720 === minutes % 720;
      if (!isRead && index < 95) unread.push(`${locale}, a range, quarter ${index}: ${text}`);
    }
  }
  return unread;
}

/** Days, one per month, that are not parsed as the day they were formatted from. */
export function unreadDays(locale: string): string[] {
  const unread: string[] = [];
  for (const [month, day] of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((month) => [
    month,
    (month * 7 + 3) % 28 || 1,
  ])) {
    const date = { year: 2026, month: (month ?? 0) + 1, day: day ?? 1 };
    const at = new Date(Date.UTC(date.year, date.month - 1, date.day));
    const inNumbers = new Intl.DateTimeFormat(locale, {
      year: "numeric",
      month: "numeric",
      day: "numeric",
      timeZone: "UTC",
      calendar: "gregory",
    }).format(at);
    const zoned = { locale, timeZone: "UTC" };
    const reads = {
      // Kirghiz pads a day before the month, which is the same form as ISO 8601.
      ...(!locale.startsWith("ky") && { [inNumbers]: parseWrittenDate(inNumbers, locale) }),
      [formatDay(at, zoned, true)]: parseWrittenDate(formatDay(at, zoned, true), locale),
      [formatDay(at, zoned)]: parseWrittenDate(formatDay(at, zoned), locale, 2026),
      fields: dayIn(typedDate(date, locale)),
      "numbers in the order of the locale": parseDate(
        dateOrder(locale)
          .map((part) => formatNumber(date[part], locale))
          .join("/"),
        dateOrder(locale),
      ),
    };
    for (const [text, read] of Object.entries(reads)) {
      if (JSON.stringify([read?.year, read?.month, read?.day]) !== JSON.stringify(Object.values(date))) {
        unread.push(`${locale}: ${text}`);
      }
    }
  }
  return unread;
}
