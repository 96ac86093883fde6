import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createConnection } from "../../src/api/connection.ts";
import { CoviuError, type CoviuErrorCode } from "../../src/api/errors.ts";

const operation = "getSessionPage";
const failure = (code: CoviuErrorCode, retryAfter?: number) =>
  new CoviuError({ code, operation, outcome: "unknown", retryAfter });

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-01-12T00:00:00Z") });
});

afterEach(() => {
  vi.useRealTimers();
});

/** A connection, who watches it, and what it says when a read is to be sent. */
function connect() {
  const onAuthLost = vi.fn<() => void>();
  const notified = vi.fn<() => void>();
  const connection = createConnection(onAuthLost);
  const stop = connection.subscribe(notified);
  const admits = (write = false) => {
    try {
      connection.assertMaySend(operation, write);
      return true;
    } catch (error) {
      expect(error).toMatchObject({ operation, outcome: "not-sent", code: connection.reason });
      return false;
    }
  };
  const fail = (code: CoviuErrorCode, times: number) => {
    for (let time = 0; time < times; time += 1) connection.recordOutcome(failure(code));
  };
  return { connection, onAuthLost, notified, stop, admits, fail };
}

describe("a service that fails", () => {
  it.each<CoviuErrorCode>(["unreachable", "timeout", "server"])("is down after five times %s", (code) => {
    const { connection, fail, admits, notified } = connect();
    fail(code, 4);
    expect([connection.state, admits()]).toEqual(["up", true]);
    fail(code, 1);
    expect([connection.state, connection.reason, admits()]).toEqual(["down", code, false]);
    expect(notified).toHaveBeenCalledOnce();
    // Whoever fails now was on the way.
    fail(code, 1);
    expect(notified).toHaveBeenCalledOnce();
  });

  it("is down after three times without a token", () => {
    const { connection, fail } = connect();
    fail("auth_unavailable", 2);
    expect(connection.state).toBe("up");
    fail("auth_unavailable", 1);
    expect([connection.state, connection.reason]).toEqual(["down", "auth_unavailable"]);
  });

  it("counts from the beginning after any answer, and an answer that can't be read says nothing", () => {
    const { connection, fail } = connect();
    fail("server", 4);
    connection.recordOutcome(undefined);
    fail("server", 4);
    connection.recordOutcome(failure("not_found"));
    fail("server", 4);
    connection.recordOutcome(failure("rate_limited"));
    fail("server", 4);
    fail("bad_response", 3);
    expect(connection.state).toBe("up");
    fail("server", 1);
    expect(connection.state).toBe("down");
    fail("bad_response", 3);
    expect(connection.state).toBe("down");
  });

  it("is asked by one read in 30 seconds, by every write, and at once when a person tries again", () => {
    const { connection, fail, admits } = connect();
    fail("server", 5);
    vi.advanceTimersByTime(29_999);
    expect([admits(), admits(true)]).toEqual([false, true]);
    vi.advanceTimersByTime(1);
    expect([admits(), admits()]).toEqual([true, false]);
    vi.advanceTimersByTime(30_000);
    expect([admits(), admits()]).toEqual([true, false]);
    connection.resume();
    expect([admits(), admits()]).toEqual([true, false]);
    connection.recordOutcome(undefined);
    expect([connection.state, admits(), admits()]).toEqual(["up", true, true]);
  });
});

describe("a sign-in that is over", () => {
  it("is told once, and nothing is read until a person tries again", () => {
    const { connection, onAuthLost, notified, admits } = connect();
    connection.recordOutcome(failure("auth_required"));
    connection.recordOutcome(failure("auth_required"));
    expect(onAuthLost).toHaveBeenCalledOnce();
    expect(notified).toHaveBeenCalledOnce();
    expect([connection.state, connection.reason]).toEqual(["signed-out", "auth_required"]);
    vi.advanceTimersByTime(24 * 3_600_000);
    expect([admits(), admits(true)]).toEqual([false, true]);
    connection.resume();
    expect([admits(), admits()]).toEqual([true, false]);
  });

  it("is not taken back by what was sent before, but by what was sent since", () => {
    const { connection, onAuthLost } = connect();
    const before = connection.assertMaySend(operation, false);
    connection.recordOutcome(failure("auth_required"), before);
    connection.recordOutcome(undefined, before);
    expect(connection.state).toBe("signed-out");
    connection.resume();
    connection.recordOutcome(undefined, connection.assertMaySend(operation, false));
    expect(connection.state).toBe("up");
    connection.recordOutcome(failure("auth_required"));
    expect(onAuthLost).toHaveBeenCalledTimes(2);
  });

  it("comes out of an outage as well", () => {
    const { connection, fail } = connect();
    fail("server", 5);
    connection.recordOutcome(failure("auth_required"));
    expect([connection.state, connection.reason]).toEqual(["signed-out", "auth_required"]);
  });
});

describe("repeats", () => {
  it("are ten for all reads, and a success gives back a tenth, up to ten", () => {
    const { connection } = connect();
    const take = () => {
      let taken = 0;
      while (connection.takeRetryBudget()) taken += 1;
      return taken;
    };
    connection.recordOutcome(undefined);
    expect(take()).toBe(10);
    for (let time = 0; time < 25; time += 1) connection.recordOutcome(undefined);
    expect(take()).toBe(2);
    for (let time = 0; time < 1000; time += 1) connection.recordOutcome(undefined);
    expect(take()).toBe(10);
  });

  it("are none while the service is down", () => {
    const { connection, fail } = connect();
    fail("server", 5);
    expect(connection.takeRetryBudget()).toBe(false);
  });
});

describe("waiting", () => {
  it("lasts as long as the longest that was asked for", () => {
    const { connection } = connect();
    expect(connection.waitMs()).toBeLessThanOrEqual(0);
    connection.recordOutcome(failure("rate_limited", 20));
    connection.recordOutcome(failure("rate_limited", 5));
    connection.recordOutcome(failure("rate_limited"));
    expect(connection.waitMs()).toBe(20_000);
    vi.advanceTimersByTime(15_000);
    expect(connection.waitMs()).toBe(5000);
  });
});

describe("the server's clock", () => {
  const ahead = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();

  it("is known by the middle of the last five answers, from two seconds on", () => {
    const { connection, notified } = connect();
    connection.recordServerDate(ahead(1));
    expect(connection.clockOffset).toBe(0);
    for (const seconds of [60, 60, 60]) connection.recordServerDate(ahead(seconds));
    expect(connection.clockOffset).toBe(60_000);
    const told = notified.mock.calls.length;
    // One that took its time changes nothing.
    connection.recordServerDate(ahead(3600));
    connection.recordServerDate(ahead(61));
    expect(connection.clockOffset).toBe(60_000);
    expect(notified).toHaveBeenCalledTimes(told);
    for (let time = 0; time < 5; time += 1) connection.recordServerDate(ahead(-120));
    expect(connection.clockOffset).toBe(-120_000);
  });

  it("is worked out anew as soon as somebody sets this one's", () => {
    const { connection } = connect();
    for (let time = 0; time < 5; time += 1) connection.recordServerDate(ahead(3 * 3600));
    expect(connection.clockOffset).toBe(3 * 3_600_000);
    vi.setSystemTime(Date.now() + 3 * 3_600_000);
    connection.recordServerDate(ahead(0));
    expect(Math.abs(connection.clockOffset)).toBeLessThan(1000);
  });

  it.each([null, "", "yesterday"])("is not known from %j", (date) => {
    const { connection, notified } = connect();
    connection.recordServerDate(date);
    expect(connection.clockOffset).toBe(0);
    expect(notified).not.toHaveBeenCalled();
  });
});

describe("the end", () => {
  it("is for good: nothing is sent, nothing is repeated, and what is under way ends", () => {
    const { connection, admits, notified, onAuthLost, fail } = connect();
    connection.end();
    expect([connection.state, connection.reason]).toEqual(["ended", "auth_required"]);
    expect(connection.ended.reason).toMatchObject({ code: "auth_required", operation: "request", outcome: "unknown" });
    connection.resume();
    connection.recordOutcome(undefined);
    connection.recordOutcome(failure("auth_required"));
    fail("server", 5);
    expect([connection.state, admits(), admits(true), connection.takeRetryBudget()]).toEqual([
      "ended",
      false,
      false,
      false,
    ]);
    expect(notified).toHaveBeenCalledOnce();
    expect(onAuthLost).not.toHaveBeenCalled();
  });

  it("is not told to whoever has left", () => {
    const { connection, notified, stop } = connect();
    stop();
    connection.end();
    expect(notified).not.toHaveBeenCalled();
  });
});

describe("a service that asks to wait for very long", () => {
  it("is waited for an hour at most, and the next read that the user asks for is sent", () => {
    const { connection } = connect();
    connection.recordOutcome(failure("rate_limited", 31_536_000));
    expect(connection.waitMs()).toBe(3_600_000);
    connection.resume();
    expect([connection.waitMs(), connection.waitMs()]).toEqual([0, 3_600_000]);
    vi.advanceTimersByTime(3_600_000);
    expect(connection.waitMs()).toBe(0);
  });
});
