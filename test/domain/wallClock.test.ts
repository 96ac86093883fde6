import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  addDays,
  dayOf,
  fromWallClock,
  isCalendarDay,
  isTimeZone,
  minutesBetween,
  startOfDay,
  toWallClock,
  type WallClock,
  type ZonedReading,
} from "../../src/domain/wallClock.ts";

const zones =
  `Australia/Sydney Australia/Melbourne Australia/Adelaide Australia/Lord_Howe Australia/Hobart Australia/Perth Australia/Brisbane
  Pacific/Auckland Pacific/Chatham Pacific/Apia Pacific/Fiji Pacific/Norfolk Pacific/Easter Pacific/Tongatapu Antarctica/Troll Antarctica/Casey
  Africa/Casablanca Africa/El_Aaiun Africa/Cairo Africa/Juba Africa/Johannesburg Europe/London Europe/Dublin Europe/Paris Europe/Berlin Europe/Kyiv
  Europe/Chisinau Europe/Lisbon Europe/Volgograd Atlantic/Azores Asia/Beirut Asia/Gaza Asia/Jerusalem Asia/Tehran Asia/Amman Asia/Damascus Asia/Kolkata
  Asia/Kathmandu Asia/Almaty America/New_York America/Chicago America/Los_Angeles America/St_Johns America/Halifax America/Havana America/Santiago
  America/Asuncion America/Sao_Paulo America/Mexico_City America/Chihuahua America/Nuuk America/Scoresbysund America/Whitehorse America/Anchorage UTC`.split(
    /\s+/,
  );

const minute = 60_000;
const day = 24 * 60 * minute;

/** Reads the offset from Intl alone, so that it shares no code with the arithmetic under test. */
function offsetAt(format: Intl.DateTimeFormat, instant: number): number {
  // Swedish dates are ISO 8601: "2026-01-12 10:00:00".
  return Date.parse(`${format.format(instant).replace(" ", "T")}Z`) - instant;
}

function intl(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short", timeStyle: "medium" });
}

interface Change {
  instant: number;
  before: number;
  after: number;
}

/** Changes of a zone's offset from 2020 to 2035. */
function changesOf(timeZone: string): Change[] {
  const format = intl(timeZone);
  const changes: Change[] = [];
  let before = offsetAt(format, Date.UTC(2020, 0));
  for (let noon = Date.UTC(2020, 0); noon < Date.UTC(2036, 0); noon += day) {
    const after = offsetAt(format, noon);
    if (after === before) continue;
    let [low, high] = [noon - day, noon];
    while (high - low > minute) {
      const middle = low + Math.floor((high - low) / 2 / minute) * minute;
      if (offsetAt(format, middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ instant: high, before, after });
    before = after;
  }
  return changes;
}

function clockOf(wall: number): WallClock {
  const date = new Date(wall);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

/** Expected reading of a wall clock (in ms of UTC) near a change. */
function expected(wall: number, { instant, before, after }: Change): ZonedReading {
  const isBefore = wall - before < instant;
  const isAfter = wall - after >= instant;
  if (isBefore && isAfter) return { kind: "twice", earlier: iso(wall - before), later: iso(wall - after) };
  if (!isBefore && !isAfter) return { kind: "missing", before: iso(wall - after), after: iso(wall - before) };
  return { kind: "instant", instant: iso(isBefore ? wall - before : wall - after) };
}

function at(wall: string): WallClock {
  return clockOf(Date.parse(`${wall}Z`));
}

describe("clock changes from 2020 to 2035", () => {
  const found = zones.map((zone) => ({ zone, changes: changesOf(zone) }));
  const changing = found.filter(({ changes }) => changes.length > 0);

  it("are found in at least 40 zones", () => {
    expect(changing.length).toBeGreaterThanOrEqual(40);
    expect(changing.flatMap(({ changes }) => changes).length).toBeGreaterThan(900);
    const names = changing.map(({ zone }) => zone);
    expect(names).toEqual(
      expect.arrayContaining(
        "Australia/Lord_Howe Antarctica/Troll Africa/Casablanca America/Santiago Pacific/Apia".split(" "),
      ),
    );
  });

  it.each(changing)("are read as twice or missing, never shifted, in $zone", ({ zone, changes }) => {
    for (const change of changes) {
      const jump = Math.abs(change.after - change.before);
      const edge = change.instant + Math.min(change.before, change.after);
      const walls = [edge - 10 * 60 * minute, edge - 45 * minute];
      for (let wall = edge; wall <= edge + jump; wall += 15 * minute) walls.push(wall - minute, wall, wall + minute);
      walls.push(edge + jump + 45 * minute, edge + jump + 10 * 60 * minute);
      for (const wall of walls) {
        const typed = clockOf(wall);
        expect({ typed, ...fromWallClock(typed, zone) }).toEqual({ typed, ...expected(wall, change) });
      }
    }
  });

  it.each(changing)("shift a missing time by as much as the clocks jump in $zone", ({ zone, changes }) => {
    for (const { instant, before, after } of changes.filter((change) => change.after > change.before)) {
      const jump = after - before;
      const wall = instant + before + jump / 2;
      expect(fromWallClock(clockOf(wall), zone)).toMatchObject({ kind: "missing" });
      const reading = { before: "", after: "", ...fromWallClock(clockOf(wall), zone) };
      expect(toWallClock(reading.before, zone)).toEqual(clockOf(wall - jump));
      expect(toWallClock(reading.after, zone)).toEqual(clockOf(wall + jump));
    }
  });

  it.each(changing)("do not hide the first instant of a day in $zone", ({ zone, changes }) => {
    for (const change of changes) {
      for (const days of [-1, 0, 1]) {
        const date = clockOf(change.instant + change.after + days * day);
        const first = startOfDay(date, zone);
        expect(dayOf(first, zone)).toBe(dayOf(new Date(Date.UTC(date.year, date.month - 1, date.day)), "UTC"));
        expect(dayOf(new Date(Date.parse(first) - 1), zone) < dayOf(first, zone)).toBe(true);
      }
    }
  });
});

describe("fromWallClock", () => {
  it.each<[string, string, ZonedReading]>([
    ["2026-01-12T10:00", "Australia/Sydney", { kind: "instant", instant: "2026-01-11T23:00:00.000Z" }],
    ["2026-01-12T10:00", "UTC", { kind: "instant", instant: "2026-01-12T10:00:00.000Z" }],
    ["2026-01-12T10:00", "Asia/Kathmandu", { kind: "instant", instant: "2026-01-12T04:15:00.000Z" }],
    [
      "2026-04-05T02:30",
      "Australia/Sydney",
      { kind: "twice", earlier: "2026-04-04T15:30:00.000Z", later: "2026-04-04T16:30:00.000Z" },
    ],
    [
      "2026-10-04T02:30",
      "Australia/Sydney",
      { kind: "missing", before: "2026-10-03T15:30:00.000Z", after: "2026-10-03T16:30:00.000Z" },
    ],
    [
      "2026-10-04T02:15",
      "Australia/Lord_Howe",
      { kind: "missing", before: "2026-10-03T15:15:00.000Z", after: "2026-10-03T15:45:00.000Z" },
    ],
    [
      "2018-05-04T23:45",
      "Asia/Pyongyang",
      { kind: "missing", before: "2018-05-04T14:45:00.000Z", after: "2018-05-04T15:15:00.000Z" },
    ],
    [
      "2011-12-30T12:00",
      "Pacific/Apia",
      { kind: "missing", before: "2011-12-29T22:00:00.000Z", after: "2011-12-30T22:00:00.000Z" },
    ],
  ])("reads %s in %s", (text, zone, reading) => {
    expect(fromWallClock(at(text), zone)).toEqual(reading);
  });

  it.each<Partial<WallClock>>([
    { month: 2, day: 31 },
    { month: 2, day: 29 },
    { year: 2100, month: 2, day: 29 },
    { month: 4, day: 31 },
    { day: 0 },
    { day: 32 },
    { day: -1 },
    { day: 1.5 },
    { month: 0 },
    { month: 13 },
    { month: Number.NaN },
    { year: 26 },
    { year: 0 },
    { year: 1899 },
    { year: 2201 },
    { year: 20266 },
    { year: Number.POSITIVE_INFINITY },
    { hour: 24 },
    { hour: -1 },
    { minute: 60 },
    { minute: -1 },
    { minute: Number.NaN },
  ])("returns invalid for %j", (change) => {
    const clock = { year: 2026, month: 1, day: 12, hour: 10, minute: 0, ...change };
    expect(fromWallClock(clock, "Australia/Sydney")).toEqual({ kind: "invalid" });
  });

  it("accepts the first and last year", () => {
    expect(fromWallClock(at("1900-01-01T00:00"), "UTC").kind).toBe("instant");
    expect(fromWallClock(at("2200-12-31T23:59"), "UTC").kind).toBe("instant");
    expect(fromWallClock(at("2028-02-29T10:00"), "Europe/London").kind).toBe("instant");
  });

  it("reads every minute that toWallClock returns", () => {
    const instant = fc.integer({ min: Date.UTC(2020, 0) / minute, max: Date.UTC(2036, 0) / minute });
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (minutes, zone) => {
        const text = new Date(minutes * minute).toISOString();
        const reading = fromWallClock(toWallClock(text, zone), zone);
        const readings = reading.kind === "twice" ? [reading.earlier, reading.later] : Object.values(reading);
        expect(readings).toContain(text);
      }),
      { numRuns: 3000 },
    );
  });

  it("throws for an unknown zone instead of using the machine's", () => {
    expect(() => fromWallClock(at("2026-01-12T10:00"), "Australia/Atlantis")).toThrow(RangeError);
    expect(() => toWallClock("2026-01-12T10:00:00Z", "")).toThrow(RangeError);
  });
});

describe("toWallClock and dayOf", () => {
  it("return the day and time in the zone, for strings and Dates", () => {
    const instant = "2026-01-11T13:30:59.999Z";
    const clock = { year: 2026, month: 1, day: 12, hour: 0, minute: 30 };
    expect(toWallClock(instant, "Australia/Sydney")).toEqual(clock);
    expect(toWallClock(new Date(instant), "Australia/Sydney")).toEqual(clock);
    expect(dayOf(instant, "Australia/Sydney")).toBe("2026-01-12");
    expect(dayOf(new Date(instant), "America/New_York")).toBe("2026-01-11");
  });

  it("return hour 0 at midnight", () => {
    expect(toWallClock("2026-01-11T13:00:00Z", "Australia/Sydney").hour).toBe(0);
  });
});

describe("isTimeZone", () => {
  it.each(["Australia/Sydney", "UTC", "Asia/Kolkata", "America/Argentina/Buenos_Aires"])("is true for %s", (zone) => {
    expect(isTimeZone(zone)).toBe(true);
  });

  it.each(["", " ", "Sydney", "Australia/Atlantis", "+10:00", "-05:00", "10", "Australia/Sydney ", "undefined"])(
    "is false for %j",
    (zone) => {
      expect(isTimeZone(zone)).toBe(false);
    },
  );

  it("is false without a zone", () => {
    expect(Reflect.apply(isTimeZone, undefined, [undefined])).toBe(false);
    expect(Reflect.apply(isTimeZone, undefined, [null])).toBe(false);
  });
});

describe("days", () => {
  it.each([
    ["2026-01-12", 1, "2026-01-13"],
    ["2026-01-31", 1, "2026-02-01"],
    ["2026-12-31", 1, "2027-01-01"],
    ["2028-02-28", 1, "2028-02-29"],
    ["2026-03-01", -1, "2026-02-28"],
    ["2026-01-12", -365, "2025-01-12"],
    ["2026-04-04", 1, "2026-04-05"],
    ["2026-01-12", 0, "2026-01-12"],
  ])("%s and %i days is %s", (from, days, to) => {
    const clock = clockOf(Date.parse(`${from}T02:30Z`));
    expect(addDays(clock, days)).toEqual(clockOf(Date.parse(`${to}T02:30Z`)));
    const { year, month, day: dayOfMonth } = clock;
    expect(addDays({ year, month, day: dayOfMonth }, days)).not.toHaveProperty("hour");
  });

  it("do not change the given date", () => {
    const date = Object.freeze({ year: 2026, month: 1, day: 12 });
    expect(addDays(date, 20)).toEqual({ year: 2026, month: 2, day: 1 });
  });

  it.each([
    [2026, 2, 28, true],
    [2026, 2, 29, false],
    [2028, 2, 29, true],
    [2026, 13, 1, false],
  ])("%i-%i-%i exists: %s", (year, month, dayOfMonth, exists) => {
    expect(isCalendarDay({ year, month, day: dayOfMonth })).toBe(exists);
  });

  it("start at 1:00 when clocks change at midnight", () => {
    const date = { year: 2026, month: 9, day: 6 };
    expect(startOfDay(date, "America/Santiago")).toBe("2026-09-06T04:00:00.000Z");
    expect(toWallClock("2026-09-06T04:00:00.000Z", "America/Santiago")).toEqual({ ...date, hour: 1, minute: 0 });
  });

  it("start at the first of two midnights", () => {
    expect(startOfDay({ year: 2026, month: 11, day: 1 }, "America/Havana")).toBe("2026-11-01T04:00:00.000Z");
  });

  it("that do not exist throw a RangeError", () => {
    expect(() => startOfDay({ year: 2026, month: 2, day: 31 }, "UTC")).toThrow(RangeError);
  });
});

describe("minutesBetween", () => {
  it("counts elapsed minutes across a clock change", () => {
    expect(minutesBetween("2026-01-12T10:00:00Z", "2026-01-12T10:30:00Z")).toBe(30);
    expect(minutesBetween("2026-01-12T10:30:00Z", new Date("2026-01-12T10:00:00Z"))).toBe(-30);
    // 1:30 am to 3:30 am in Sydney while the clocks go back
    expect(minutesBetween("2026-04-04T14:30:00Z", "2026-04-04T17:30:00Z")).toBe(180);
  });
});
