// @vitest-environment node
import { expect } from "vitest";

import { personDraft } from "../../src/components/person/personDraft.ts";
import { newDraft, type SessionDraft, startDraft } from "../../src/components/SessionScheduler/draft.ts";
import { problemsOf } from "../../src/components/SessionScheduler/draftProblems.ts";
import { creationRequest } from "../../src/components/SessionScheduler/draftRequest.ts";
import { parseTimes } from "../../src/components/SessionScheduler/draftTimes.ts";
import { sessionSchedulerMessages } from "../../src/components/SessionScheduler/messages.ts";
import { resultTexts } from "../../src/components/SessionScheduler/when.ts";
import { formatDay, formatTime, formatTimeRange } from "../../src/domain/formatTime.ts";
import { parseTime } from "../../src/domain/typedTime.ts";
import { fromWallClock, startOfDay, toWallClock } from "../../src/domain/wallClock.ts";
import { createRandom } from "../../src/sandbox/ids.ts";
import { dayIn, hasOtherYear, typedDate } from "../../src/ui/typedDate.ts";
import { changesOf, edgeOf, hour, instantsOf, iso, minute, offsets, oneOf, typed } from "./clockChanges.ts";
import { faultRow } from "./faultRow.ts";
import { withTimeZone, viewers } from "./timeZones.ts";

const now = new Date("2026-01-11T22:52:00Z");
const zones = Intl.supportedValuesOf("timeZone");
const clinics =
  "Australia/Sydney Australia/Perth Australia/Lord_Howe Pacific/Auckland Pacific/Chatham America/New_York America/St_Johns Europe/London Asia/Kolkata Africa/Casablanca".split(
    " ",
  );

function draftOf(fields: Partial<SessionDraft>, locale = "en-AU"): SessionDraft {
  return {
    ...newDraft({ zoned: { locale, timeZone: "UTC" } }),
    name: "Knee rehab",
    people: [{ ...personDraft(), key: 0, name: "Dr Amara Okafor", role: "HOST" }],
    ...fields,
  };
}

/** Wall clock of an instant, calculated from the name of the offset. */
const wallAt = (instant: number, zone: string) => instant + offsets(zone)(instant);

faultRow("D4", "all times are in the clinic's zone, in any time zone of the computer", [
  // Runs first, before anything can have cached the computer's zone.
  {
    name: "computer that changes its zone while the page is open × reading and showing",
    async run({ holds }) {
      for (const viewer of ["Australia/Sydney", "Europe/London", "America/New_York", "Australia/Sydney"]) {
        const read = withTimeZone(viewer, () => [
          fromWallClock({ year: 2026, month: 8, day: 3, hour: 10, minute: 0 }, "Australia/Sydney"),
          toWallClock("2026-08-03T00:00:00Z", "Australia/Sydney").hour,
          resultTexts(
            parseTimes(draftOf({ date: { day: "3", month: "8", year: "2026" }, start: "10" }), {
              locale: "en-AU",
              timeZone: "Australia/Sydney",
            }),
            sessionSchedulerMessages,
            { locale: "en-AU", timeZone: "Australia/Sydney" },
          ).map((text) => / in (London|New York)|Sydney/.exec(text)?.[0]),
        ]);
        const second = { "Europe/London": [" in London"], "America/New_York": [" in New York"] }[viewer] ?? [];
        // oxlint-disable-next-line no-await-in-loop
        await holds("I4", () =>
          expect(read).toEqual([{ kind: "instant", instant: "2026-08-03T00:00:00.000Z" }, 10, ["Sydney", ...second]]),
        );
      }
    },
  },
  ...clinics.map((clinic, index) => ({
    name: `clinic in ${clinic} × computers in ${viewers(index).join(", ")} × reading and showing`,
    runs: 3,
    async run({ seed, holds }: { seed: number; holds: (name: "I4", check: () => unknown) => Promise<void> }) {
      const random = createRandom(seed);
      const zoned = { locale: "en-AU", timeZone: clinic };
      const instants = Array.from(
        { length: 20 },
        () => Date.UTC(2026, 1) + Math.floor((random() * 9 * 365 * 24 * hour) / minute) * minute,
      );
      const all = new Set<string>();
      for (const viewer of viewers(index)) {
        const results = withTimeZone(viewer, () =>
          instants.map((instant) => {
            const wall = wallAt(instant, clinic);
            const { date, time } = typed(wall);
            const times = parseTimes(draftOf({ date, start: time }), zoned);
            const { start = "", startReading } = times;
            const isQuestion = startReading?.kind === "twice" && Object.values(startReading).includes(iso(instant));
            return {
              isRight: isQuestion || start === iso(instant),
              shown: [toWallClock(iso(instant), clinic), startOfDay(toWallClock(iso(instant), clinic), clinic)],
              text: formatTimeRange(iso(instant), iso(instant + 45 * minute), zoned),
            };
          }),
        );
        all.add(JSON.stringify(results));
        await holds("I4", () => expect(results.filter(({ isRight }) => !isRight)).toEqual([]));
      }
      // The result is the same in each zone of the computer.
      await holds("I4", () => expect(all.size).toBe(1));
    },
  })),
]);

faultRow("D5", "a session across midnight or a clock change keeps its duration, and shows the day on which it ends", [
  {
    name: "any zone × any length × starts around midnight and around changes",
    runs: 100,
    async run({ seed, holds }) {
      const random = createRandom(seed);
      const zone = oneOf(random, zones);
      const zoned = { locale: "en-AU", timeZone: zone };
      const [change] = changesOf(zone, Date.UTC(2026, 1), Date.UTC(2027, 6));
      const around = change && random() < 0.7 ? edgeOf(change) : Date.UTC(2026, 2 + Math.floor(random() * 9), 9);
      const wall = around + Math.floor((random() * 24 - 14) * 60) * minute;
      const minutes = 1 + Math.floor(random() * 720);
      const { date, time } = typed(wall);
      const draft = draftOf({
        date,
        start: time,
        duration: String(minutes),
        startReading: oneOf(random, ["earlier", "later"]),
      });
      const request = creationRequest(draft, parseTimes(draft, zoned));
      if (change && !instantsOf(wall, change).length) {
        await holds("I4", () => expect(request).toBeUndefined());
        return;
      }
      const { start_time = "", end_time = "" } = request ?? {};
      const [start, end] = [Date.parse(start_time), Date.parse(end_time)];
      await holds("I4", () => expect((end - start) / minute).toBe(minutes));
      const shown = formatTimeRange(start_time, end_time, zoned);
      const [from, to] = [wallAt(start, zone), wallAt(end, zone)];
      const inUtc = { locale: "en-AU", timeZone: "UTC" };
      await holds("I4", () => expect(shown).toContain(formatTime(iso(to), inUtc)));
      const otherDay = Math.floor(from / (24 * hour)) !== Math.floor(to / (24 * hour));
      const day = formatDay(iso(to), inUtc);
      await holds("I4", () => expect({ shown, named: shown.includes(day) }).toEqual({ shown, named: otherDay }));
    },
  },
  {
    name: "any zone × typed end × nights with and without a clock change",
    runs: 100,
    async run({ seed, holds }) {
      const random = createRandom(seed);
      const zone = oneOf(random, zones);
      const zoned = { locale: "en-AU", timeZone: zone };
      const [change] = changesOf(zone, Date.UTC(2026, 1), Date.UTC(2027, 6));
      const around = change ? edgeOf(change) : Date.UTC(2026, 5, 9);
      const from = around - Math.floor(random() * 6 * 60) * minute;
      const to = from + Math.floor(1 + random() * 6 * 60) * minute;
      const draft = draftOf({
        date: typed(from).date,
        start: typed(from).time,
        duration: "other",
        end: typed(to).time,
        startReading: oneOf(random, ["earlier", "later"]),
        endReading: oneOf(random, ["earlier", "later"]),
      });
      const { start, end } = parseTimes(draft, zoned);
      const read = (wall: number) => (change ? instantsOf(wall, change) : [iso(wall - offsets(zone)(wall))]);
      // The end is at most six hours later by the wall clock.
      await holds("I4", () => expect(start === undefined || read(from).includes(start)).toBe(true));
      await holds("I4", () => expect(end === undefined || read(to).includes(end)).toBe(true));
      await holds("I4", () =>
        expect([start, end].map(Boolean)).toEqual([from, to].map((wall) => read(wall).length > 0)),
      );
    },
  },
  {
    name: "an end that clocks skip × five hours after the start × the offered time",
    async run({ holds }) {
      const zoned = { locale: "en-AU", timeZone: "Australia/Sydney" };
      const draft = draftOf({
        date: { day: "3", month: "10", year: "2026" },
        start: "8:45 pm",
        duration: "other",
        end: "2:30",
      });
      const { endReading } = parseTimes(draft, zoned);
      await holds("I4", () => expect(endReading).toMatchObject({ kind: "missing", after: "2026-10-03T16:30:00.000Z" }));
      const chosen = { ...draft, end: "3:30 am" };
      await holds("I4", () => expect(problemsOf(chosen, parseTimes(chosen, zoned), now)).toEqual([]));
      await holds("I4", () => expect(parseTimes(chosen, zoned).end).toBe("2026-10-03T16:30:00.000Z"));
    },
  },
]);

/** All languages of `Intl`, and some countries with other formats. */
function locales(): string[] {
  const letters = Array.from("abcdefghijklmnopqrstuvwxyz");
  const two = letters.flatMap((a) => letters.map((b) => a + b));
  const codes = [...two, ...two.flatMap((code) => letters.map((letter) => code + letter))];
  const known = Intl.DateTimeFormat.supportedLocalesOf(codes).filter((locale) => locale.length <= 3);
  return [
    ...known,
    ..."ar-EG ar-SA fa-IR th-TH he-IL hi-IN-u-nu-deva th-TH-u-nu-thai ja-JP-u-ca-japanese en-AU en-US en-CA es-MX zh-TW zh-HK fr-CA pt-BR bn-BD mr-IN ur-PK my-MM ckb-IQ am-ET".split(
      " ",
    ),
  ];
}

faultRow("D7", "dates and times are typed and shown as the locale writes them, and sent in the Gregorian calendar", [
  {
    name: "every language × every five minutes of a day × a shown time is read back correctly or not at all",
    async run({ holds }) {
      const all = locales();
      const wrong: string[] = [];
      const unread = new Set<string>();
      for (const locale of all) {
        for (let time = 0; time < 24 * hour; time += 5 * minute) {
          const text = formatTime(iso(time), { locale, timeZone: "UTC" });
          const read = parseTime(text, locale);
          if (!read) unread.add(locale);
          else if (read.hour * hour + read.minute * minute !== time) wrong.push(`${locale} ${text}`);
        }
      }
      await holds("I4", () => expect(wrong).toEqual([]));
      await holds("I4", () => expect(all.length).toBeGreaterThan(150));
      await holds("I4", () => expect(unread.size).toBeLessThan(10));
    },
  },
  {
    name: "every language × the fields are read back as the same instant",
    async run({ holds }) {
      const wrong: string[] = [];
      for (const locale of locales()) {
        const zoned = { locale, timeZone: "Australia/Sydney" };
        for (const start of ["2026-01-11T13:05:00.000Z", "2026-08-03T01:55:00.000Z", "2031-12-31T12:59:00.000Z"]) {
          const draft = draftOf(startDraft(start, zoned), locale);
          if (parseTimes(draft, zoned).start !== start)
            wrong.push(`${locale} ${JSON.stringify(draft.date)} ${draft.start}`);
        }
      }
      await holds("I4", () => expect(wrong).toEqual([]));
    },
  },
  {
    name: "every system of digits × every day of a year × date fields",
    async run({ holds }) {
      const wrong: string[] = [];
      let checks = 0;
      for (const numbers of Intl.supportedValuesOf("numberingSystem")) {
        const locale = `en-AU-u-nu-${numbers}`;
        for (let day = 0; day < 365; day += 13) {
          const at = new Date(Date.UTC(2026, 0, 1 + day));
          const date = { day: at.getUTCDate(), month: at.getUTCMonth() + 1, year: 2026 };
          checks += 1;
          if (JSON.stringify(dayIn(typedDate(date, locale))) !== JSON.stringify(date)) wrong.push(locale);
        }
      }
      await holds("I4", () => expect(wrong).toEqual([]));
      await holds("I4", () => expect(checks).toBeGreaterThan(1500));
    },
  },
  {
    name: "every calendar × the years of 2026 to 2032 × booking: refused or in the past, never another future day",
    async run({ holds }) {
      const problemCodes = new Map<string, string>();
      const booked: string[] = [];
      for (const calendar of Intl.supportedValuesOf("calendar")) {
        const format = new Intl.DateTimeFormat("en-u-nu-latn", { calendar, timeZone: "UTC", year: "numeric" });
        for (let year = 2026; year <= 2032; year += 1) {
          const clock = new Date(Date.UTC(year, 0, 10));
          const parts = format.formatToParts(clock);
          const shown = parts.find(({ value }) => /^\d+$/.test(value))?.value ?? "";
          if (Math.abs(Number(shown) - year) <= 1) continue;
          const draft = draftOf({ date: { day: "12", month: "6", year: shown }, start: "10" });
          const [problem] = problemsOf(
            draft,
            parseTimes(draft, { locale: "en-AU", timeZone: "Australia/Sydney" }),
            clock,
          );
          if (problem) problemCodes.set(calendar, problem.code);
          else booked.push(`${calendar} ${shown}`);
        }
      }
      await holds("I4", () => expect(booked).toEqual([]));
      await holds("I4", () =>
        expect(Object.fromEntries(problemCodes)).toMatchObject({
          buddhist: "year",
          persian: "year",
          hebrew: "year",
          roc: "year",
        }),
      );
      await holds("I4", () => expect([...new Set(problemCodes.values())].toSorted()).toEqual(["past", "year"]));
    },
  },
  {
    name: "a year with two digits × booking: refused, not guessed",
    async run({ holds }) {
      await holds("I4", () => expect(hasOtherYear({ day: "3", month: "8", year: "26" })).toBe(true));
      await holds("I4", () => expect(hasOtherYear({ day: "31", month: "2", year: "2026" })).toBe(false));
      const draft = draftOf({ date: { day: "3", month: "8", year: "26" }, start: "10" });
      const codes = problemsOf(draft, parseTimes(draft, { locale: "en-AU", timeZone: "UTC" }), now).map(
        ({ code }) => code,
      );
      await holds("I4", () => expect(codes).toEqual(["year"]));
    },
  },
]);
