import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

import { build } from "esbuild";
import { chromium } from "playwright";
import { beforeAll, describe, expect, it } from "vitest";

import { launchOptions } from "../scripts/chromium.mjs";

/** Texts of a locale with or without data, to compare between machines with different locales. */
const probe = `
  import { formatDay, formatTime, formatTimeRange, zoneNames } from "./src/domain/formatTime.ts";
  import { formatList, formatNumber, localeError, textOrder, usedLocale } from "./src/domain/intl.ts";
  import { dateOrder, parseTime, parseWrittenDate } from "./src/domain/typedTime.ts";
  import { dayIn, typedDate } from "./src/ui/typedDate.ts";
  import { locales } from "./test/domain/locales.ts";
  import { distinct, unreadDays, unreadTimes } from "./test/domain/readBack.ts";

  const start = "2026-08-03T05:15:00Z";
  globalThis.of = (locale) => {
    const zoned = { locale, timeZone: "Australia/Sydney" };
    return JSON.stringify({
      used: usedLocale(locale),
      reported: localeError(locale)?.message,
      texts: [
        formatTime(start, zoned),
        formatTimeRange(start, "2026-08-03T06:00:00Z", zoned),
        formatDay(start, zoned, true),
        zoneNames(start, zoned),
        formatNumber(1234, locale),
        formatList(["Ana", "Ben", "Cem"], locale),
        ["zoe", "\u00e4nne", "Anna", "Bob"].sort(textOrder(locale)),
        typedDate({ year: 2026, month: 8, day: 3 }, locale),
      ],
      order: dateOrder(locale),
      read: [parseWrittenDate("3/8/2026", locale), parseTime("3:15 pm", locale), dayIn({ day: "3", month: "8", year: "2026" })],
    });
  };
  globalThis.unread = (isDrill) => {
    const tried = distinct(locales.filter((_, index) => isDrill || index % 20 === 0));
    return JSON.stringify({ tried: tried.length, unread: tried.flatMap((tag) => [...unreadTimes(tag), ...unreadDays(tag)]) });
  };
`;

interface Probe {
  used: string;
  reported?: string;
  order: string[];
  texts: unknown[];
}

/** In the drill, in which `PROXY_RUNS` is set, Chromium tries all locales that differ; else every 20th. */
const isDrill = Boolean(process.env["PROXY_RUNS"]);
const unknown = "tlh";
let code = "";

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: probe, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  code = outputFiles[0]?.text ?? "";
});

/** Evaluates expressions on a machine of a locale, each of which gives a text. */
function inNode(machine: string, ...expressions: string[]): string[] {
  const env = { ...process.env, LANG: machine, LC_ALL: machine };
  const printed = execFileSync(process.execPath, ["-"], {
    env,
    input: `${code}\nprocess.stdout.write(JSON.stringify([${expressions.join()}]));`,
    encoding: "utf8",
  });
  return JSON.parse(printed);
}

const texts = ["en-AU", unknown, "lag", "az-AZ"].map((locale) => `of("${locale}")`);

describe("a machine of another locale", () => {
  it.each(["de_DE.UTF-8", "en_US.UTF-8", "ja_JP.UTF-8", "ar_EG.UTF-8"])("in Node changes nothing: %s", (machine) => {
    const [locale, ...found] = inNode(machine, "new Intl.DateTimeFormat().resolvedOptions().locale", ...texts);
    expect(locale).toBe(machine.slice(0, 5).replace("_", "-"));
    expect(found).toEqual(inNode("en_AU.UTF-8", ...texts));
    const { used, reported, order }: Probe = JSON.parse(found[1] ?? "");
    expect({ used, order: order.join(" ") }).toEqual({ used: "en-AU", order: "day month year" });
    expect(reported).toContain(`"${unknown}"`);
  });

  it("in Chromium changes nothing, and every text that a locale writes there is parsed", async () => {
    const browser = await chromium.launch(launchOptions());
    try {
      const results: string[] = [];
      for (const locale of ["de-DE", "en-US"]) {
        // oxlint-disable-next-line no-await-in-loop -- one browser, one page after the other
        const page = await (await browser.newContext({ locale })).newPage();
        // oxlint-disable-next-line no-await-in-loop
        const found = await page.evaluate(
          `${code}; [new Intl.DateTimeFormat().resolvedOptions().locale, ...["en-AU", "mi-NZ", "${unknown}", "az-AZ"].map(of)]`,
        );
        const [machine, ...texts] = Array.isArray(found) ? found.map(String) : [];
        expect(machine).toBe(locale);
        results.push(texts.join("\n"));
        const maori: Probe = JSON.parse(texts[1] ?? "{}");
        expect(maori.used).toBe("en-AU");
        expect(maori.order).toEqual(["day", "month", "year"]);
        expect(maori.reported).toContain('"mi-NZ"');
      }
      expect(results[0]).toBe(results[1]);
      const page = await browser.newPage();
      const { tried, unread }: { tried: number; unread: string[] } = JSON.parse(
        String(await page.evaluate(`${code}; unread(${isDrill})`)),
      );
      expect(tried).toBeGreaterThan(isDrill ? 80 : 10);
      expect(unread).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

describe("source files", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
    (path) => /\.tsx?$/.test(path) && path !== "domain/intl.ts",
  );

  it.each(files)("%s uses src/domain/intl.ts, not Intl, for formats of a locale", (path) => {
    // Comments and types may name them.
    const source = readFileSync(`src/${path}`, "utf8").replace(/\/\*[^]*?\*\/|\/\/.*/g, "");
    const calls = source.match(
      /\bIntl\.\w+(\.\w+)?\(|\bnew Intl\b|=\s*Intl\b|\.(toLocale\w*|localeCompare)\(|navigator\.languages?\b/g,
    );
    expect(calls ?? []).toEqual([]);
  });
});
