import { boolean, check, constantFrom, integer, type IProperty, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";

import { asInstant, readInstant, timeOf, toInstant } from "../../src/api/instants.ts";
import {
  createCoviuClient,
  createSession,
  type Drift,
  listSessions,
  type Session,
  sessionCalendar,
  sessionsCsv,
  updateSession,
} from "../../src/core.ts";

describe("toInstant", () => {
  it.each([
    ["2026-01-12T09:30:00Z", "2026-01-12T09:30:00.000Z"],
    ["2026-01-12T09:30:15.250Z", "2026-01-12T09:30:15.250Z"],
    ["2026-01-12T09:30Z", "2026-01-12T09:30:00.000Z"],
    ["2026-01-12 09:30:00Z", "2026-01-12T09:30:00.000Z"],
    ["2026-01-12T09:30:00+11:00", "2026-01-11T22:30:00.000Z"],
    ["2026-01-12t09:30:00z", "2026-01-12T09:30:00.000Z"],
    // A time without an offset is UTC, never the zone of the machine.
    ["2026-01-12T09:30:00", "2026-01-12T09:30:00.000Z"],
    ["2026-01-12 09:30", "2026-01-12T09:30:00.000Z"],
    ["2028-02-29T23:30:00-11:00", "2028-03-01T10:30:00.000Z"],
    ["Mon, 12 Jan 2026 09:30:00 GMT", "2026-01-12T09:30:00.000Z"],
    ["Mon, 2 Feb 2026 09:30:00 GMT", "2026-02-02T09:30:00.000Z"],
    ["Mon, 12 Jan 2026 09:30:00 +1100", "2026-01-11T22:30:00.000Z"],
  ])("reads %s", (text, instant) => {
    expect(toInstant(text)).toBe(instant);
    expect(asInstant(text)).toBe(instant);
  });

  it.each([
    "",
    "2026-01-12",
    "2026-01-12T9:30:00Z",
    "12/01/2026 09:30",
    "2026-13-12T09:30:00Z",
    "2026-02-30T09:30:00Z",
    "2026-02-29T09:30",
    "2026-04-31T09:30:00+10:00",
    "2026-01-12T25:30:00Z",
    "x2026-01-12T09:30:00Z",
    "at Mon, 12 Jan 2026 09:30:00 GMT",
    "2026-01-12T09:30:00Zx",
    "2026-01-12T09:30:00.Z",
    "2026-01-12T09:30:00 PST",
    "Monday, 12 Jan 2026 09:30:00 GMT",
    "1768210200000",
  ])("is undefined for %j, and asInstant returns it unchanged", (text) => {
    expect(toInstant(text)).toBeUndefined();
    expect(asInstant(text)).toBe(text);
  });
});

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  offset: string;
  weekday: string;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function partsOf(time: number, offset: string, minutes: number): Parts {
  const local = new Date(time + minutes * 60_000);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    weekday: days[local.getUTCDay()] ?? "",
    offset,
  };
}

const forms: Record<string, (parts: Parts) => string> = {
  "ISO 8601": ({ year, month, day, hour, minute, second, offset }) =>
    `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${offset}`,
  "RFC 1123": ({ year, month, day, hour, minute, second, offset, weekday }) =>
    `${weekday}, ${two(day)} ${months[month - 1] ?? "Foo"} ${String(year).padStart(4, "0")} ${two(hour)}:${two(minute)}:${two(second)} ${offset.replace("Z", "GMT")}`,
};

/** Times in the years 100 to 9900, with the date and time of day at a random offset from UTC. */
const times = tuple(
  integer({ min: Date.UTC(100, 0) / 1000, max: Date.UTC(9900, 0) / 1000 }),
  integer({ min: -1439, max: 1439 }),
  boolean(),
).map(([seconds, minutes, isUtc]) => {
  const size = Math.abs(minutes);
  const offset = isUtc ? "Z" : `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return { time: seconds * 1000, parts: partsOf(seconds * 1000, offset, isUtc ? 0 : minutes) };
});

function daysIn({ year, month }: Parts): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

function counterexample<Values>(law: IProperty<Values>) {
  return check(law).counterexample;
}

describe.each(Object.entries(forms))("a time as %s", (name, write) => {
  it("reads back as the same instant", () => {
    expect(counterexample(property(times, ({ time, parts }) => timeOf(write(parts)) === time))).toBeNull();
  });

  const corruptions: [string, (parts: Parts) => Partial<Parts>][] = [
    ["day 0", () => ({ day: 0 })],
    ["a day after the end of the month", (parts) => ({ day: daysIn(parts) + 1 })],
    ["day 32", () => ({ day: 32 })],
    ["month 0", () => ({ month: 0 })],
    ["month 13", () => ({ month: 13 })],
    ["hour 24", () => ({ hour: 24, minute: 0, second: 0 })],
    ["hour 25", () => ({ hour: 25 })],
    ["minute 60", () => ({ minute: 60 })],
    ["a leap second", () => ({ second: 60 })],
    ["an offset of 25 hours", () => ({ offset: "+25:00" })],
    ["an offset of 60 minutes", () => ({ offset: "+10:60" })],
  ];

  it.each(corruptions)("is refused with %s", (_, corrupt) => {
    const refuses = property(times, ({ parts }) => toInstant(write({ ...parts, ...corrupt(parts) })) === undefined);
    expect(counterexample(refuses)).toBeNull();
  });

  it.runIf(name === "RFC 1123")("is refused with the name of another weekday", () => {
    const refuses = property(times, constantFrom(...days), ({ parts }, weekday) => {
      return weekday === parts.weekday || toInstant(write({ ...parts, weekday })) === undefined;
    });
    expect(counterexample(refuses)).toBeNull();
  });
});

/** Dates that do not exist, and formats other than the two of the API. */
const impossible = [
  "Sat, 31 Feb 2026 10:00:00 GMT",
  "Tue, 31 Feb 2026 10:00:00 GMT",
  "Sun, 29 Feb 2026 10:00:00 GMT",
  "Tue, 12 Jan 2026 10:00:00 GMT",
  "Foo, 12 Jan 2026 10:00:00 GMT",
  "Mon, 12 Foo 2026 10:00:00 GMT",
  "Mon, 0 Jan 2026 10:00:00 GMT",
  "Mon, 12 Jan 2026 24:00:00 GMT",
  "Mon, 12 Jan 2026 10:00:60 GMT",
  "Mon, 12 Jan 2026 10:00:00 +2500",
  "Mon, 12 Jan 2026 10:00:00 EST",
  "Mon, 12 Jan 26 10:00:00 GMT",
  "Monday, 12-Jan-26 10:00:00 GMT",
  "Saturday, 31-Feb-26 10:00:00 GMT",
  "Mon Jan 12 10:00:00 2026",
  "Sat Feb 31 10:00:00 2026",
  "2026-02-31T10:00:00Z",
  "2026-02-31T10:00:00+11:00",
  "2026-02-31T10:00Z",
  "2026-01-12T24:00:00Z",
  "2026-01-12T25:00:00Z",
  "2016-12-31T23:59:60Z",
  "2026-00-12T10:00:00Z",
  "2026-01-00T10:00:00Z",
  "2026-01-12T10:00:00+25:00",
  "2026-01-12T10:00:00+11:60",
  "2026-W53-1T10:00:00Z",
  "2026-366T10:00:00Z",
  "+002026-01-12T10:00:00Z",
  "-000001-01-12T10:00:00Z",
  "0000-01-01T00:00:00+01:00",
  "9999-12-31T23:59:59-01:00",
  "26-01-12T10:00:00Z",
  "20260112T100000Z",
  "2026-01-12T10:00:00\u221211:00",
  "\u0662\u0660\u0662\u0666-01-12T10:00:00Z",
];

describe("readInstant", () => {
  it.each([
    ["2026-01-12T10:00:00", false],
    ["2026-01-12 10:00", false],
    ["Mon, 12 Jan 2026 10:00:00", false],
    ["2026-01-12T10:00:00Z", true],
    ["2026-01-12T10:00:00-0500", true],
    ["mon, 12 jan 2026 10:00:00 gmt", true],
  ])("reports whether %s has an offset", (text, hasOffset) => {
    expect(readInstant(text)?.hasOffset).toBe(hasOffset);
  });

  it("reads the years 0 to 99 as written", () => {
    expect(toInstant("0026-01-12T10:00:00Z")).toBe("0026-01-12T10:00:00.000Z");
    expect(toInstant("0000-02-29T10:00:00Z")).toBe("0000-02-29T10:00:00.000Z");
  });

  it.each(impossible)("refuses %s", (text) => {
    expect(readInstant(text)).toBeUndefined();
  });
});

describe("a date that does not exist", () => {
  const session: Session = {
    session_id: "s-1",
    start_time: "2026-01-12T10:00:00.000Z",
    end_time: "2026-01-12T10:30:00.000Z",
  };

  /** A client that gets this body for every request, and the requests it sent. */
  function connected(body: object) {
    const sent: string[] = [];
    const drifts: Drift[] = [];
    const client = createCoviuClient({
      baseUrl: "https://api.example.test/v1",
      getAccessToken: async () => "token",
      onDrift: (drift) => drifts.push(drift),
      fetch: async (request: Request | string | URL) => {
        sent.push(request instanceof Request ? `${request.method} ${request.url}` : String(request));
        return Response.json(body);
      },
    });
    return { client, sent, drifts };
  }

  it.each(impossible)("is not sent: %s", async (text) => {
    const { client, sent } = connected(session);
    const end_time = "2027-01-12T10:00:00Z";
    const refused = { code: "invalid_input" };
    await expect(createSession(client, { start_time: text, end_time })).rejects.toMatchObject(refused);
    await expect(createSession(client, { start_time: "0001-01-01T00:00:00Z", end_time: text })).rejects.toMatchObject(
      refused,
    );
    await expect(updateSession(client, "s-1", { start_time: text })).rejects.toMatchObject(refused);
    await expect(listSessions(client, { start_time: text })).rejects.toMatchObject(refused);
    await expect(listSessions(client, { end_time: text })).rejects.toMatchObject(refused);
    expect(sent).toEqual([]);
  });

  it.each(impossible)("in a list drops its row and is reported as drift: %s", async (text) => {
    const { client, drifts } = connected({ content: [{ ...session, start_time: text }, session], more: false });
    expect((await listSessions(client)).content).toHaveLength(1);
    expect(drifts).toEqual([{ what: "session", fields: ["start_time"] }]);
  });

  it.each(impossible)("as canceled_time is reported as drift, and the session stays canceled: %s", async (text) => {
    const { client, drifts } = connected({ content: [{ ...session, canceled_time: text }], more: false });
    expect((await listSessions(client)).content[0]?.canceled_time).toBe(text);
    expect(drifts).toEqual([{ what: "session", fields: ["canceled_time"] }]);
  });

  it.each(impossible)("makes sessionCalendar and sessionsCsv throw: %s", (text) => {
    const now = new Date("2026-01-11T00:00:00Z");
    expect(() => sessionCalendar({ ...session, start_time: text }, { now })).toThrow(RangeError);
    expect(() => sessionCalendar({ ...session, end_time: text }, { now })).toThrow(RangeError);
    expect(() => sessionsCsv([{ ...session, start_time: text }], { now, timeZone: "UTC" })).toThrow(RangeError);
    expect(() => sessionsCsv([{ ...session, end_time: text }], { now, timeZone: "UTC" })).toThrow(RangeError);
  });
});
