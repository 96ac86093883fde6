import { describe, expect, it } from "vitest";

import { dateOrder, parseDate, parseDigits, parseTime } from "../../src/domain/typedTime.ts";

/** Each line: a time, then its spellings, divided by "|". */
const spellings = `
0:00: 0|00|0:00|00:00|000|0000|12am|12 AM|12:00 am|1200am|12a|0h|0h00|12.00 a.m.
0:30: 0:30|0.30|030|0030|12:30am|12.30 a.m.|0h30|12h30am
1:00: 1|01|1:00|0100|1am|1 am|1a
1:05: 1:05|105|0105|1.05|1h05
8:15: 8:15|815|0815|8.15am|8h15|8 15
9:00: 9|09|9:00|09:00|900|0900|9.00|9am|9 AM|9a|9 a.m.|9A.M.|9h|9 h|9H00|9:00 am|am 9|AM 9:00|９|９：００|٩|۹|९|९:००|٠٩:٠٠
9:05: 9:05|905|0905|9.05|9h05|9:05AM|9 05
9:30: 9:30|930|0930|09:30|9.30|09.30|9h30|9 h 30|9H30|9 : 30|9: 30|9 30|9:30am|9:30 a.m.|9:30 a. m.|930am|0930 am| 9:30 |9:30:00|9.30.00|09:30:00|9:30:00 am|９：３０|９.３０|９３０|٩:٣٠|٠٩٣٠|۹:۳۰|۰۹۳۰|९:३०|०९३०|۹.۳۰ AM|৯:৩০|๙:๓๐
10:00: 10|10:00|1000|10am|10h|10.00
10:10: 10:10|1010|10h10
11:59: 11:59|1159|11:59am|11.59 a.m.
12:00: 12|12:00|1200|12pm|12 PM|12:00 p.m.|12p|12h
12:30: 12:30|1230|12.30|12:30pm|12.30 p.m.|12h30
13:00: 13|13:00|1300|1pm|1 P.M.|01pm|1:00pm|0100pm|13h
17:45: 17:45|1745|17.45|17h45|5:45pm|545pm|5.45 p|١٧:٤٥|१७:४५
21:00: 21|21:00|2100|9pm|9 pm|9PM|9p|9p.m.|９ＰＭ|21h|21h00|٢١
21:30: 21:30|2130|21.30|21h30|9:30pm|9:30 pm|9:30 p.m.|9:30 P.M.|9:30p|9:30 p|930pm|930 PM|0930pm|9.30 pm|9h30pm|٢١:٣٠|۲۱:۳۰|२१:३०|２１：３０
23:59: 23:59|2359|23.59|11:59 pm|1159pm|23h59`;

const accepted = spellings
  .trim()
  .split("\n")
  .flatMap((line) => {
    const [, hour, minute, texts = ""] = /^(\d+):(\d\d): (.*)$/.exec(line) ?? [];
    return texts.split("|").map((text) => ({ text, hour: Number(hour), minute: Number(minute) }));
  });

const refused = [
  ..." |abc|noon|am|pm|:30|.30|h|h30|:|9:|9.|9:3|9.5|9h3|9:300|9::30|9:30:15|9-30|9,30|9/30|-9|+9|9.30.01|1e1|0x9|9½|½".split(
    "|",
  ),
  ..."24|25|99|24:00|2400|24h|9:60|9:99|960|0960|1260|2360|93030|12345|00000|093".split("|"),
  ..."0am|0pm|00:30 am|0:30pm|13am|13pm|13:00 pm|1300pm|21:30 pm|2130pm|12:60am|9xm|9 apm|9amm|9 pm pm|pm am|am 9 am|9:30 x|x9:30|9:30 uhr".split(
    "|",
  ),
  ..."９：６０|٢٥|९:६०|九|9٫30|9:30\n10:30|2026-01-12|1/2".split("|"),
  "",
];

describe("parseTime", () => {
  it("is tested with about 250 texts", () => {
    expect(accepted.length + refused.length).toBeGreaterThan(230);
  });

  it.each(accepted)("reads $text as $hour h $minute", ({ text, hour, minute }) => {
    expect(parseTime(text, "en-AU")).toEqual({ hour, minute });
  });

  it.each(refused)("refuses %j", (text) => {
    expect(parseTime(text, "en-AU")).toBeUndefined();
  });

  it.each([
    ["ar-EG", "٩:٣٠ ص", 9, 30],
    ["ar-EG", "٩:٣٠ م", 21, 30],
    ["ar-EG", "9:30 م", 21, 30],
    ["ar-EG", "٢١:٣٠", 21, 30],
    ["ar-EG", "9:30 pm", 21, 30],
    ["zh-CN", "上午9:30", 9, 30],
    ["zh-CN", "下午 9:30", 21, 30],
    ["zh-CN", "下午9", 21, 0],
    ["zh-CN", "９:３０下午", 21, 30],
    ["zh-TW", "晚上9:30", 21, 30],
    ["zh-TW", "上午11:30", 11, 30],
    ["zh-TW", "下午1:30", 13, 30],
    ["el-GR", "9:30 μ.μ.", 21, 30],
    ["es-MX", "9:30 p.m.", 21, 30],
    ["hi-IN-u-nu-deva", "९:३० pm", 21, 30],
    ["fa-IR", "۲۱:۳۰", 21, 30],
    ["th-TH", "21:30", 21, 30],
    ["he-IL", "21:30", 21, 30],
  ] as const)("reads in %s: %s", (locale, text, hour, minute) => {
    expect(parseTime(text, locale)).toEqual({ hour, minute });
  });

  it.each([
    ["en-AU", "下午 9:30"],
    ["zh-CN", "下午"],
    ["zh-CN", "下午 21:30"],
    ["zh-CN", "9下午30"],
    ["zh-CN", "上午9:30下午"],
    ["ar-EG", "م 9:30 ص"],
    // The word is used for other hours, so the result would be wrong by twelve hours.
    ["zh-TW", "中午11:30"],
    ["zh-TW", "晚上12:00"],
  ])("refuses in %s: %s", (locale, text) => {
    expect(parseTime(text, locale)).toBeUndefined();
  });

  it("ignores invisible marks and special spaces in pasted text", () => {
    expect(parseTime("\u200f9:30\u202fpm\u200e", "en-AU")).toEqual({ hour: 21, minute: 30 });
    expect(parseTime("\u00a09:30\u00a0pm\t", "en-AU")).toEqual({ hour: 21, minute: 30 });
  });

  it("reads every minute as Intl writes it", () => {
    for (const locale of ["en-AU", "en-US", "en-GB", "de", "fr", "fi", "ar-EG-u-hc-h23", "fa", "hi", "ja"]) {
      const format = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "UTC" });
      for (let minutes = 0; minutes < 1440; minutes += 7) {
        const text = format.format(Date.UTC(2026, 0, 12, 0, minutes));
        expect({ text, ...parseTime(text, locale) }).toEqual({
          text,
          hour: Math.floor(minutes / 60),
          minute: minutes % 60,
        });
      }
    }
  });

  it("refuses a megabyte of text within two seconds", () => {
    const startedAt = performance.now();
    for (const text of ["9".repeat(1e6), `9${" ".repeat(1e6)}x`, `9${".".repeat(1e6)}`]) {
      expect(parseTime(text, "en-AU")).toBeUndefined();
    }
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

describe("parseDigits", () => {
  it.each([
    ["3", 3],
    ["03", 3],
    [" 12 ", 12],
    ["2026", 2026],
    ["２０２６", 2026],
    ["٢٠٢٦", 2026],
    ["۲۰۲۶", 2026],
    ["२०२६", 2026],
    ["\u200f3\u200e", 3],
    ["0", 0],
  ])("reads %j as %i", (text, number) => {
    expect(parseDigits(text)).toBe(number);
  });

  it.each(["", " ", "-1", "+1", "1.5", "1,000", "1e3", "0x10", "abc", "3a", "½", "1 2", "9".repeat(30), "Infinity"])(
    "refuses %j",
    (text) => {
      expect(parseDigits(text)).toBeUndefined();
    },
  );

  it("reads the digits of every script that Intl writes", () => {
    const texts = Intl.supportedValuesOf("numberingSystem")
      .map((numberingSystem) =>
        new Intl.NumberFormat("en", { numberingSystem, useGrouping: false }).format(987_654_321),
      )
      .filter((text) => /^\p{Nd}{9}$/u.test(text));
    expect(texts.length).toBeGreaterThan(50);
    expect(texts.filter((text) => parseDigits(text) !== 987_654_321)).toEqual([]);
  });
});

describe("parseDate", () => {
  const dayFirst = ["day", "month", "year"] as const;
  const monthFirst = ["month", "day", "year"] as const;
  const yearFirst = ["year", "month", "day"] as const;
  const august = { year: 2026, month: 8, day: 3 };

  it.each([
    ["3/8/2026", dayFirst],
    ["03/08/2026", dayFirst],
    ["3.8.2026", dayFirst],
    ["3. 8. 2026", dayFirst],
    ["3-8-2026", dayFirst],
    ["3 8 2026", dayFirst],
    [" 3/8/2026 ", dayFirst],
    ["3. 8. 2026.", dayFirst],
    ["٣\u200f/٨\u200f/٢٠٢٦", dayFirst],
    ["３／８／２０２６", dayFirst],
    ["8/3/2026", monthFirst],
    ["08/03/2026", monthFirst],
    ["2026/8/3", yearFirst],
    ["2026. 8. 3.", yearFirst],
    ["2026-08-03", yearFirst],
    ["2026-08-03", dayFirst],
    ["2026-08-03", monthFirst],
    ["2026-08-03", ["year", "day", "month"]],
    ["۲۰۲۶/۸/۳", yearFirst],
  ] as const)("reads %j in the order %j", (text, order) => {
    expect(parseDate(text, order)).toEqual(august);
  });

  it.each([
    ["31/2/2026", dayFirst],
    ["29/2/2026", dayFirst],
    ["3/13/2026", dayFirst],
    ["13/3/2026", monthFirst],
    ["2026-02-31", dayFirst],
    ["2026-13-01", dayFirst],
    ["3/8/26", dayFirst],
    ["3/8/226", dayFirst],
    ["3/8", dayFirst],
    ["3/8/", dayFirst],
    ["3//8/2026", dayFirst],
    ["0/8/2026", dayFirst],
    ["3/8/20266", dayFirst],
    ["3/8/2026 10:00", dayFirst],
    ["2026-08-03T10:00", dayFirst],
    ["3 August 2026", dayFirst],
    ["03082026", dayFirst],
    ["3/8/0026", dayFirst],
    ["3/8/2026", yearFirst],
    ["3/2026/8", dayFirst],
    ["", dayFirst],
  ] as const)("refuses %j in the order %j", (text, order) => {
    expect(parseDate(text, order)).toBeUndefined();
  });
});

describe("dateOrder", () => {
  it.each([
    ["en-AU", "day month year"],
    ["en-GB", "day month year"],
    ["en-US", "month day year"],
    ["de", "day month year"],
    ["ja", "year month day"],
    ["sv", "year month day"],
    ["th", "day month year"],
    ["ar-SA", "day month year"],
    ["he", "day month year"],
    ["zh-u-ca-chinese", "year month day"],
    ["en-AU-u-ca-hebrew", "day month year"],
  ])("of %s is %s", (locale, order) => {
    expect(dateOrder(locale).join(" ")).toBe(order);
  });

  it("reads the dates that the locale writes", () => {
    for (const locale of [
      "en-AU",
      "en-US",
      "de",
      "fr",
      "nl",
      "ja",
      "ko",
      "sv",
      "hu",
      "fa",
      "ar-EG",
      "he",
      "th",
      "hi",
    ]) {
      const format = new Intl.DateTimeFormat(locale, {
        calendar: "gregory",
        timeZone: "UTC",
        year: "numeric",
        month: "numeric",
        day: "numeric",
      });
      const text = format.format(Date.UTC(2026, 7, 3));
      expect({ text, ...parseDate(text, dateOrder(locale)) }).toEqual({ text, year: 2026, month: 8, day: 3 });
    }
  });
});
