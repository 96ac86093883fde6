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

/** A connection with a subscriber, and whether it lets a request be sent. */
function connect() {
  const onAuthLost = vi.fn<() => void>();
  const notified = vi.fn<() => void>();
  const connection = createConnection(onAuthLost);
  const stop = connection.subscribe(notified);
  const maySend = (write = false) => {
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
  return { connection, onAuthLost, notified, stop, maySend, fail };
}

describe("a service that fails", () => {
  it.each<CoviuErrorCode>(["unreachable", "timeout", "server"])("is down after five %s errors", (code) => {
    const { connection, fail, maySend, notified } = connect();
    fail(code, 4);
    expect([connection.state, maySend()]).toEqual(["up", true]);
    fail(code, 1);
    expect([connection.state, connection.reason, maySend()]).toEqual(["down", code, false]);
    expect(notified).toHaveBeenCalledOnce();
    // Requests sent before may still fail.
    fail(code, 1);
    expect(notified).toHaveBeenCalledOnce();
  });

  it("is down after three auth_unavailable errors", () => {
    const { connection, fail } = connect();
    fail("auth_unavailable", 2);
    expect(connection.state).toBe("up");
    fail("auth_unavailable", 1);
    expect([connection.state, connection.reason]).toEqual(["down", "auth_unavailable"]);
  });

  it("resets the count of errors after any response, and ignores bad_response", () => {
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

  it("gets one read in 30 seconds, every write, and a read at once after resume()", () => {
    const { connection, fail, maySend } = connect();
    fail("server", 5);
    vi.advanceTimersByTime(29_999);
    expect([maySend(), maySend(true)]).toEqual([false, true]);
    vi.advanceTimersByTime(1);
    expect([maySend(), maySend()]).toEqual([true, false]);
    vi.advanceTimersByTime(30_000);
    expect([maySend(), maySend()]).toEqual([true, false]);
    connection.resume();
    expect([maySend(), maySend()]).toEqual([true, false]);
    connection.recordOutcome(undefined);
    expect([connection.state, maySend(), maySend()]).toEqual(["up", true, true]);
  });
});

describe("a sign-in that has ended", () => {
  it("calls onAuthLost once, and sends no read until resume()", () => {
    const { connection, onAuthLost, notified, maySend } = connect();
    connection.recordOutcome(failure("auth_required"));
    connection.recordOutcome(failure("auth_required"));
    expect(onAuthLost).toHaveBeenCalledOnce();
    expect(notified).toHaveBeenCalledOnce();
    expect([connection.state, connection.reason]).toEqual(["signed-out", "auth_required"]);
    vi.advanceTimersByTime(24 * 3_600_000);
    expect([maySend(), maySend(true)]).toEqual([false, true]);
    connection.resume();
    expect([maySend(), maySend()]).toEqual([true, false]);
  });

  it("is undone only by the success of a request sent after resume()", () => {
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

  it("replaces the state of an outage", () => {
    const { connection, fail } = connect();
    fail("server", 5);
    connection.recordOutcome(failure("auth_required"));
    expect([connection.state, connection.reason]).toEqual(["signed-out", "auth_required"]);
  });
});

describe("the retry budget", () => {
  it("is ten retries for all reads, and each success adds a tenth, up to ten", () => {
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

  it("is zero while the service is down", () => {
    const { connection, fail } = connect();
    fail("server", 5);
    expect(connection.takeRetryBudget()).toBe(false);
  });
});

describe("waiting", () => {
  it("lasts as long as the longest Retry-After", () => {
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

  it("is the median of the last five responses, from a difference of two seconds", () => {
    const { connection, notified } = connect();
    connection.recordServerDate(ahead(1));
    expect(connection.clockOffset).toBe(0);
    for (const seconds of [60, 60, 60]) connection.recordServerDate(ahead(seconds));
    expect(connection.clockOffset).toBe(60_000);
    const calls = notified.mock.calls.length;
    // A single slow response changes nothing.
    connection.recordServerDate(ahead(3600));
    connection.recordServerDate(ahead(61));
    expect(connection.clockOffset).toBe(60_000);
    expect(notified).toHaveBeenCalledTimes(calls);
    for (let time = 0; time < 5; time += 1) connection.recordServerDate(ahead(-120));
    expect(connection.clockOffset).toBe(-120_000);
  });

  it("is measured anew as soon as the local clock is set", () => {
    const { connection } = connect();
    for (let time = 0; time < 5; time += 1) connection.recordServerDate(ahead(3 * 3600));
    expect(connection.clockOffset).toBe(3 * 3_600_000);
    vi.setSystemTime(Date.now() + 3 * 3_600_000);
    connection.recordServerDate(ahead(0));
    expect(Math.abs(connection.clockOffset)).toBeLessThan(1000);
  });

  it.each([null, "", "yesterday"])("is ignored when Date is %j", (date) => {
    const { connection, notified } = connect();
    connection.recordServerDate(date);
    expect(connection.clockOffset).toBe(0);
    expect(notified).not.toHaveBeenCalled();
  });
});

describe("end()", () => {
  it("is final: nothing is sent or repeated, and requests under way are aborted", () => {
    const { connection, maySend, notified, onAuthLost, fail } = connect();
    connection.end();
    expect([connection.state, connection.reason]).toEqual(["ended", "auth_required"]);
    expect(connection.ended.reason).toMatchObject({ code: "auth_required", operation: "request", outcome: "unknown" });
    connection.resume();
    connection.recordOutcome(undefined);
    connection.recordOutcome(failure("auth_required"));
    fail("server", 5);
    expect([connection.state, maySend(), maySend(true), connection.takeRetryBudget()]).toEqual([
      "ended",
      false,
      false,
      false,
    ]);
    expect(notified).toHaveBeenCalledOnce();
    expect(onAuthLost).not.toHaveBeenCalled();
  });

  it("does not call a subscriber that has unsubscribed", () => {
    const { connection, notified, stop } = connect();
    stop();
    connection.end();
    expect(notified).not.toHaveBeenCalled();
  });
});

describe("a Retry-After of a year", () => {
  it("delays reads by an hour at most, and resume() lets the next read be sent", () => {
    const { connection } = connect();
    connection.recordOutcome(failure("rate_limited", 31_536_000));
    expect(connection.waitMs()).toBe(3_600_000);
    connection.resume();
    expect([connection.waitMs(), connection.waitMs()]).toEqual([0, 3_600_000]);
    vi.advanceTimersByTime(3_600_000);
    expect(connection.waitMs()).toBe(0);
  });
});
