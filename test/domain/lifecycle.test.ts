import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { checkTimes, sessionRules, sessionStatus } from "../../src/domain/lifecycle.ts";

const start = "2026-01-12T10:00:00.000Z";
const end = "2026-01-12T10:30:00.000Z";
const session = { start_time: start, end_time: end };
const canceled = { ...session, canceled_time: "2026-01-11T08:00:00.000Z" };
const allowed = { allowed: true, reason: undefined };

function at(time: string): Date {
  return new Date(`2026-01-12T${time}Z`);
}

function instant(minutes: number): Date {
  return new Date(Date.UTC(2026, 0, 12, 0, minutes));
}

function because(reason: string): object {
  return { allowed: false, reason };
}

function participants(rule: object): object {
  return { addPeople: rule, changePeople: rule, removePeople: rule };
}

describe("sessionStatus", () => {
  it.each([
    ["09:59:59.999", "scheduled", start],
    ["10:00:00.000", "active", end],
    ["10:29:59.999", "active", end],
    ["10:30:00.000", "ended", undefined],
    ["23:00:00.000", "ended", undefined],
  ])("at %s a session from 10:00 to 10:30 is %s", (time, status, changesAt) => {
    expect(sessionStatus(session, at(time))).toEqual({ status, changesAt: changesAt && new Date(changesAt) });
  });

  it.each(["09:00", "10:10", "11:00"])("a canceled session stays canceled at %s", (time) => {
    expect(sessionStatus(canceled, at(`${time}:00`))).toEqual({ status: "canceled", changesAt: undefined });
  });

  it("compares instants, not strings", () => {
    const other = { start_time: "2026-01-12T21:00:00+11:00", end_time: "Mon, 12 Jan 2026 10:30:00 GMT" };
    expect(sessionStatus(other, at("10:00:00")).status).toBe("active");
    expect(sessionStatus(other, at("10:30:00")).status).toBe("ended");
  });

  it("is canceled when canceled_time can't be parsed", () => {
    expect(sessionStatus({ ...session, canceled_time: "yesterday" }, at("09:00:00")).status).toBe("canceled");
  });

  it("stays the same until changesAt, and then changes", () => {
    const minute = fc.integer({ min: 0, max: 600 });
    fc.assert(
      fc.property(minute, fc.integer({ min: 1, max: 120 }), minute, (from, length, clock) => {
        const times = { start_time: instant(from).toISOString(), end_time: instant(from + length).toISOString() };
        const { status, changesAt } = sessionStatus(times, instant(clock));
        const change = changesAt ?? new Date(8.64e15);
        expect(status === "ended").toBe(changesAt === undefined);
        expect(change.getTime()).toBeGreaterThan(instant(clock).getTime());
        expect(sessionStatus(times, new Date(change.getTime() - 1)).status).toBe(status);
        expect(sessionStatus(times, change).status === status).toBe(changesAt === undefined);
      }),
    );
  });
});

describe("sessionRules", () => {
  it("allow everything but joining before the start", () => {
    expect(sessionRules(session, at("09:59:59"))).toEqual({
      edit: allowed,
      move: allowed,
      cancel: allowed,
      ...participants(allowed),
      join: because("not-started"),
    });
  });

  it("allow joining and editing, but neither moving nor canceling, while the session runs", () => {
    expect(sessionRules(session, at("10:00:00"))).toEqual({
      edit: allowed,
      move: because("started"),
      cancel: because("started"),
      ...participants(allowed),
      join: allowed,
    });
  });

  it.each([
    ["ended", session, "10:30:00"],
    ["canceled", canceled, "09:00:00"],
    ["canceled", canceled, "10:10:00"],
    ["canceled", canceled, "12:00:00"],
  ])("allow nothing in a session that is %s, and return that as the reason", (reason, times, clock) => {
    const no = because(reason);
    expect(sessionRules(times, at(clock))).toEqual({ edit: no, move: no, cancel: no, ...participants(no), join: no });
  });
});

describe("checkTimes", () => {
  it.each([
    ["09:00:00", "09:30:00", true, undefined],
    ["08:00:00", "09:30:00", true, "start-in-past"],
    ["07:59:00", "09:30:00", true, "start-in-past"],
    ["07:59:00", "09:30:00", false, undefined],
    ["07:00:00", "07:30:00", false, undefined],
    ["09:00:00", "09:00:00", true, "end-before-start"],
    ["09:00:00", "08:59:00", true, "end-before-start"],
    ["07:30:00", "07:00:00", false, "end-before-start"],
    ["07:30:00", "07:00:00", true, "start-in-past"],
  ])("at 8:00, from %s to %s, start moved: %s gives %s", (from, to, startMoved, problem) => {
    const times = { start: at(from), end: at(to), now: at("08:00:00"), startMoved };
    expect(checkTimes(times)).toBe(problem);
    expect(checkTimes({ ...times, start: at(from).toISOString(), end: at(to).toISOString() })).toBe(problem);
  });

  it("refuses times that can't be parsed", () => {
    const now = at("08:00:00");
    expect(checkTimes({ start: "soon", end, now, startMoved: true })).toBe("start-in-past");
    expect(checkTimes({ start: "soon", end, now, startMoved: false })).toBe("end-before-start");
    expect(checkTimes({ start, end: "later", now, startMoved: true })).toBe("end-before-start");
  });
});
