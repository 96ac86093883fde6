import { describe, expect, it } from "vitest";

import { cityOf, formatDay, formatTime, formatTimeRange, zoneNames } from "../../src/domain/formatTime.ts";

const start = "2026-01-11T23:00:00.000Z";
const half = "2026-01-11T23:30:00.000Z";
const sydney = { locale: "en-AU", timeZone: "Australia/Sydney" };
const sydneyIn = (locale: string) => ({ ...sydney, locale });

describe("formatTime", () => {
  it("returns the time in the zone, with one kind of space", () => {
    expect(formatTime(start, sydney)).toBe("10:00\u00a0am");
    expect(formatTime(new Date(start), sydney)).toBe("10:00\u00a0am");
    expect(formatTime(start, { ...sydney, timeZone: "UTC" })).toBe("11:00\u00a0pm");
  });

  it("follows the locale", () => {
    expect(formatTime(start, sydneyIn("en-US"))).toBe("10:00\u00a0AM");
    expect(formatTime(start, sydneyIn("de"))).toBe("10:00");
    expect(formatTime(start, sydneyIn("fi"))).toBe("10.00");
  });
});

describe("a time that clocks show twice", () => {
  // Sunday 5 April 2026: clocks in Sydney go back from 3:00 to 2:00 am.
  const [first, second] = ["2026-04-04T15:30:00Z", "2026-04-04T16:30:00Z"];
  const later = (instant: string) => new Date(Date.parse(instant) + 900_000);

  it("has its zone, alone and in a range", () => {
    expect(formatTime(first, sydney)).toBe("2:30\u00a0am AEDT");
    expect(formatTime(second, sydney)).toBe("2:30\u00a0am AEST");
    expect(formatTimeRange(first, later(first), sydney)).toBe("2:30 – 2:45\u00a0am AEDT");
    expect(formatTimeRange(second, later(second), sydney)).toBe("2:30 – 2:45\u00a0am AEST");
    expect(formatTimeRange("2026-04-04T14:45:00Z", first, sydney)).toBe("1:45 – 2:30\u00a0am AEDT");
    expect(formatTimeRange(second, "2026-04-04T17:15:00Z", sydney)).toBe("2:30 – 3:15\u00a0am AEST");
  });

  it("is the only one with a zone: not before, after or in other zones", () => {
    expect(formatTime("2026-04-04T14:59:00Z", sydney)).toBe("1:59\u00a0am");
    expect(formatTime("2026-04-04T17:00:00Z", sydney)).toBe("3:00\u00a0am");
    expect(formatTime(first, { ...sydney, timeZone: "UTC" })).toBe("3:30\u00a0pm");
  });
});

describe("formatTimeRange", () => {
  it.each([
    ["en-AU", "10:00 – 10:30\u00a0am"],
    ["en-US", "10:00 – 10:30\u00a0AM"],
    ["en-GB", "10:00 – 10:30"],
    ["sv", "10:00 – 10:30"],
    ["fr", "10:00 – 10:30"],
    ["ko", "AM\u00a010:00 – 10:30"],
  ])("has an en dash between spaces in %s", (locale, text) => {
    expect(formatTimeRange(start, half, sydneyIn(locale))).toBe(text);
  });

  it("has am and pm when they differ", () => {
    expect(formatTimeRange("2026-01-12T00:30:00Z", "2026-01-12T01:15:00Z", sydney)).toBe(
      "11:30\u00a0am – 12:15\u00a0pm",
    );
  });

  it("has the day of the end when it is another day", () => {
    expect(formatTimeRange("2026-01-12T12:00:00Z", "2026-01-12T14:00:00Z", sydney)).toBe(
      "11:00\u00a0pm – Tuesday 13 January, 1:00\u00a0am",
    );
  });

  it("has both zone names when clocks change in between", () => {
    // Sunday 5 April 2026: clocks in Sydney go back at 3:00 am.
    expect(formatTimeRange("2026-04-04T15:30:00Z", "2026-04-04T16:00:00Z", sydney)).toBe(
      "2:30\u00a0am AEDT – 2:00\u00a0am AEST",
    );
    expect(formatTimeRange("2026-04-04T15:30:00Z", "2026-04-04T16:30:00Z", sydney)).toBe(
      "2:30\u00a0am AEDT – 2:30\u00a0am AEST",
    );
  });

  it("has day and zone names across midnight and a clock change", () => {
    expect(formatTimeRange("2026-04-04T11:00:00Z", "2026-04-04T17:30:00Z", sydney)).toBe(
      "10:00\u00a0pm AEDT – Sunday 5 April, 3:30\u00a0am AEST",
    );
  });

  it("is one time when start and end are the same", () => {
    expect(formatTimeRange(start, start, sydney)).toBe("10:00\u00a0am");
  });

  it("has no other kind of space in any locale", () => {
    for (const locale of [
      "en-AU",
      "en-CA",
      "de",
      "fr",
      "fr-CA",
      "es",
      "ar",
      "fa",
      "th",
      "ja",
      "zh",
      "hi",
      "pt",
      "vi",
    ]) {
      const text = `${formatTimeRange(start, half, sydneyIn(locale))}${formatTime(start, sydneyIn(locale))}`;
      expect(text).not.toMatch(/[^\S \u00a0]/);
    }
  });
});

describe("formatDay", () => {
  it.each([
    ["en-AU", "Monday 12 January", "Monday 12 January 2026"],
    ["en-GB", "Monday 12 January", "Monday 12 January 2026"],
    ["en-NZ", "Monday 12 January", "Monday 12 January 2026"],
    ["en-IN", "Monday 12 January", "Monday 12 January 2026"],
    ["en-US", "Monday, January 12", "Monday, January 12, 2026"],
    ["de", "Montag, 12. Januar", "Montag, 12. Januar 2026"],
    ["ja", "1月12日月曜日", "2026年1月12日月曜日"],
  ])("in %s is %s or %s", (locale, short, long) => {
    expect(formatDay(start, sydneyIn(locale))).toBe(short);
    expect(formatDay(start, sydneyIn(locale), true)).toBe(long);
  });

  it("is the day in the zone", () => {
    expect(formatDay(start, { ...sydney, timeZone: "America/New_York" })).toBe("Sunday 11 January");
  });

  it("is Gregorian also in locales with another calendar", () => {
    expect(formatDay(start, sydneyIn("th"), true)).toContain("2026");
    expect(formatDay(start, sydneyIn("en-AU-u-ca-buddhist"), true)).toBe("Monday 12 January 2026");
  });
});

describe("zoneNames", () => {
  it.each([
    ["Australia/Sydney", "Sydney", "AEDT", "UTC+11"],
    ["Australia/Adelaide", "Adelaide", "ACDT", "UTC+10:30"],
    ["Asia/Kolkata", "Kolkata", "UTC+5:30", "UTC+5:30"],
    ["America/New_York", "New York", "UTC-5", "UTC-5"],
    ["America/Argentina/Buenos_Aires", "Buenos Aires", "UTC-3", "UTC-3"],
    ["Europe/London", "London", "GMT", "UTC"],
    ["UTC", "UTC", "UTC", "UTC"],
  ])("of %s are %s, %s and %s", (timeZone, city, short, offset) => {
    expect(zoneNames(start, { ...sydney, timeZone })).toEqual({ city, short, offset });
  });

  it("change with the clocks", () => {
    expect(zoneNames("2026-04-04T15:30:00Z", sydney)).toMatchObject({ short: "AEDT", offset: "UTC+11" });
    expect(zoneNames("2026-04-04T16:30:00Z", sydney)).toMatchObject({ short: "AEST", offset: "UTC+10" });
  });

  it("have the offset as UTC+n in every locale, in its digits", () => {
    for (const locale of ["en-US", "fr", "ar-EG-u-nu-latn", "ja"]) {
      expect(zoneNames(start, sydneyIn(locale)).offset).toBe("UTC+11");
    }
    expect(zoneNames(start, sydneyIn("ar-EG")).offset).toBe("UTC+\u0661\u0661");
    expect(zoneNames(start, sydneyIn("fa")).offset).toBe("UTC+\u06f1\u06f1");
  });

  it.each([
    ["Etc/GMT+5", "UTC-5", "UTC-5"],
    ["Etc/GMT-10", "UTC+10", "UTC+10"],
    ["etc/gmt+5", "UTC-5", "UTC-5"],
    ["Etc/UTC", "UTC", "UTC"],
    ["Etc/GMT", "UTC", "UTC"],
    ["utc", "UTC", "UTC"],
    ["Zulu", "UTC", "UTC"],
    ["australia/sydney", "Sydney", "UTC+11"],
    ["AUSTRALIA/SYDNEY", "Sydney", "UTC+11"],
    ["america/argentina/buenos_aires", "Buenos Aires", "UTC-3"],
    ["America/Port_of_Spain", "Port of Spain", "UTC-4"],
    ["Asia/Calcutta", "Kolkata", "UTC+5:30"],
    ["asia/kolkata", "Kolkata", "UTC+5:30"],
    ["Europe/Kiev", "Kyiv", "UTC+2"],
    ["US/Eastern", "New York", "UTC-5"],
    ["GB", "London", "UTC"],
    ["Japan", "Tokyo", "UTC+9"],
  ])("name %s %s", (timeZone, city, offset) => {
    expect(zoneNames(start, { ...sydney, timeZone })).toMatchObject({ city, offset });
    expect(cityOf({ ...sydney, timeZone })).toBe(city);
  });
});

describe("an unknown zone", () => {
  it.each(["Sydney", "", "+11:00", "undefined"])("%j is a RangeError that states the fix", (timeZone) => {
    const zoned = { locale: "en-AU", timeZone };
    const message = "timeZone must be an IANA zone such as Australia/Sydney";
    expect(() => formatTime(start, zoned)).toThrow(RangeError);
    expect(() => formatTime(start, zoned)).toThrow(message);
    expect(() => formatTimeRange(start, half, zoned)).toThrow(message);
    expect(() => formatDay(start, zoned)).toThrow(message);
    expect(() => zoneNames(start, zoned)).toThrow(message);
  });

  it("that is missing in a call without types is a RangeError, not the machine's zone", () => {
    const loose: { locale: string; timeZone: string } = JSON.parse('{"locale":"en-AU"}');
    expect(() => formatTime(start, loose)).toThrow(RangeError);
  });
});
