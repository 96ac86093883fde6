import { describe, expect, it } from "vitest";

import { parseTime, parseWrittenDate } from "../../src/domain/typedTime.ts";
import { locales } from "./locales.ts";
import { distinct, unreadDays, unreadTimes } from "./readBack.ts";

/** All locales that differ in the drill, in which `PROXY_RUNS` is set; else every 20th. */
const isDrill = Boolean(process.env["PROXY_RUNS"]);
const tried = distinct(locales.filter((_, index) => isDrill || index % 20 === 0));
const languages = ["en-AU", "ja", "zh-Hant", "ko", "ar", "bg", "sv", "fr-CA", "sq", "yo", "tok"];
const cycles = languages.flatMap((tag) => ["h11", "h12", "h23", "h24"].map((cycle) => `${tag}-u-hc-${cycle}`));
const numerals = Intl.supportedValuesOf("numberingSystem").map((name) => `zh-u-nu-${name}`);
const calendars = ["th", "fa", "ar-SA", "ja-u-ca-japanese", "he-u-ca-hebrew", "am-u-ca-ethiopic", "hi-u-ca-indian"];

describe("dates and times that a locale writes", () => {
  it("are tested for the locales of Intl", () => {
    expect(locales.length).toBeGreaterThan(900);
    expect(tried.length).toBeGreaterThan(isDrill ? 150 : 30);
  });

  it("are parsed: every quarter of an hour, in each locale", () => {
    expect(tried.flatMap(unreadTimes)).toEqual([]);
  });

  it("are parsed: every quarter of an hour, in every hour cycle and numbering system", () => {
    const variants = [...cycles, ...numerals].filter((_, index) => isDrill || index % 5 === 0);
    expect(variants.flatMap(unreadTimes)).toEqual([]);
  });

  it("are parsed: days in numbers and in words, in each locale and calendar", () => {
    expect([...tried, ...calendars].flatMap(unreadDays)).toEqual([]);
  });
});

describe("parseTime", () => {
  it.each([
    ["ja-JP", "15時15分", 15, 15],
    ["ja-JP", "15時", 15, 0],
    ["ja-JP", "午後3時15分", 15, 15],
    ["bg-BG", "6:15 ч.", 6, 15],
    ["bg-BG", "6 ч.", 6, 0],
    ["sv-SE", "kl. 9.30", 9, 30],
    ["sv-SE", "kl 9:30", 9, 30],
    ["da-DK", "kl. 9.30", 9, 30],
    ["de-DE", "9:30 Uhr", 9, 30],
    ["de-DE", "9 Uhr", 9, 0],
    ["fr-CA", "9 h 30", 9, 30],
    ["fr-CA", "9 h", 9, 0],
    ["en-AU", "9:30:00 pm", 21, 30],
    ["en-AU-u-hc-h11", "0:15 pm", 12, 15],
    ["en-AU-u-hc-h24", "24:15", 0, 15],
    ["zh-u-nu-hanidec", "二一:三〇", 21, 30],
    ["sq", "9:30 p.d.", 9, 30],
    ["yo", "9:5", 9, 5],
  ] as const)("reads in %s: %s", (locale, text, hour, minute) => {
    expect(parseTime(text, locale)).toEqual({ hour, minute });
  });

  it.each([
    ["ja-JP", "9分"],
    ["ja-JP", "15時15分15秒"],
    ["ja-JP", "25時"],
    ["de-DE", "Uhr"],
    ["de-DE", "9 Uhr 9 Uhr"],
    ["en-AU", "9 Uhr"],
    ["en-AU", "9:30:15"],
    ["en-AU", "0:15 pm"],
    ["en-AU", "24:15"],
    ["en-AU", "9:5"],
    // The Albanian word for the morning begins with "p".
    ["sq", "9 p"],
  ] as const)("refuses in %s: %s", (locale, text) => {
    expect(parseTime(text, locale)).toBeUndefined();
  });
});

describe("parseWrittenDate", () => {
  const monday = { year: 2026, month: 1, day: 12 };

  it.each([
    ["en-AU", "Monday 12 January 2026"],
    ["en-AU", "Monday, 12 January 2026"],
    ["en-AU", "mon 12 jan 2026"],
    ["en-AU", "12 January 2026"],
    ["en-US", "Monday, January 12, 2026"],
    ["de-DE", "Montag, 12. Januar 2026"],
    ["fr-FR", "lundi 12 janvier 2026"],
    ["ja-JP", "2026年1月12日月曜日"],
    ["ko-KR", "2026년 1월 12일 월요일"],
    ["ar-EG", "الاثنين، ١٢ يناير ٢٠٢٦"],
    ["cs", "pondělí 12. ledna 2026"],
    ["en-AU", "12/1/2026"],
    ["en-US", "1/12/2026"],
  ])("reads in %s: %s", (locale, text) => {
    expect(parseWrittenDate(text, locale)).toEqual(monday);
  });

  it.each([
    ["another weekday", "Tuesday 12 January 2026"],
    ["a day that the month does not have", "30 February 2026"],
    ["a year of two digits", "12 January 26"],
    ["another language", "Montag, 12. Januar 2026"],
    ["a second day", "12 January 2026 13 January 2026"],
    ["more than a date", "Ana Lee, 12 January 2026"],
  ])("refuses %s", (_, text) => {
    expect(parseWrittenDate(text, "en-AU")).toBeUndefined();
  });

  it("uses the given year when the text has none and its weekday fits the day", () => {
    expect(parseWrittenDate("Monday 12 January", "en-AU", 2026)).toEqual(monday);
    expect(parseWrittenDate("Monday 12 January", "en-AU", 2027)).toBeUndefined();
    expect(parseWrittenDate("Monday 12 January", "en-AU")).toBeUndefined();
  });

  it("refuses the years of other calendars, which would be another day", () => {
    for (const [locale, text] of [
      ["th", "12/1/2569"],
      ["fa", "۱۴۰۴/۱۰/۲۲"],
      ["ar-SA", "٢٣/٧/١٤٤٧"],
      ["ja-JP", "令和8年1月12日"],
    ] as const) {
      expect(parseWrittenDate(text, locale, 2026)).toBeUndefined();
    }
  });
});
