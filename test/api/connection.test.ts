import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createLink } from "../../src/api/connection.ts";
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

/** A link, who watches it, and what it says when a read is to be sent. */
function connect() {
  const onAuthLost = vi.fn<() => void>();
  const notified = vi.fn<() => void>();
  const link = createLink(onAuthLost);
  const stop = link.subscribe(notified);
  const admits = (write = false) => {
    try {
      link.admit(operation, write);
      return true;
    } catch (error) {
      expect(error).toMatchObject({ operation, outcome: "not-sent", code: link.reason });
      return false;
    }
  };
  const fail = (code: CoviuErrorCode, times: number) => {
    for (let time = 0; time < times; time += 1) link.settle(failure(code));
  };
  return { link, onAuthLost, notified, stop, admits, fail };
}

describe("a service that fails", () => {
  it.each<CoviuErrorCode>(["unreachable", "timeout", "server"])("is down after five times %s", (code) => {
    const { link, fail, admits, notified } = connect();
    fail(code, 4);
    expect([link.state, admits()]).toEqual(["up", true]);
    fail(code, 1);
    expect([link.state, link.reason, admits()]).toEqual(["down", code, false]);
    expect(notified).toHaveBeenCalledOnce();
    // Whoever fails now was on the way.
    fail(code, 1);
    expect(notified).toHaveBeenCalledOnce();
  });

  it("is down after three times without a token", () => {
    const { link, fail } = connect();
    fail("auth_unavailable", 2);
    expect(link.state).toBe("up");
    fail("auth_unavailable", 1);
    expect([link.state, link.reason]).toEqual(["down", "auth_unavailable"]);
  });

  it("counts from the beginning after any answer, and an answer that can't be read says nothing", () => {
    const { link, fail } = connect();
    fail("server", 4);
    link.settle(undefined);
    fail("server", 4);
    link.settle(failure("not_found"));
    fail("server", 4);
    link.settle(failure("rate_limited"));
    fail("server", 4);
    fail("bad_response", 3);
    expect(link.state).toBe("up");
    fail("server", 1);
    expect(link.state).toBe("down");
    fail("bad_response", 3);
    expect(link.state).toBe("down");
  });

  it("is asked by one read in 30 seconds, by every write, and at once when a person tries again", () => {
    const { link, fail, admits } = connect();
    fail("server", 5);
    vi.advanceTimersByTime(29_999);
    expect([admits(), admits(true)]).toEqual([false, true]);
    vi.advanceTimersByTime(1);
    expect([admits(), admits()]).toEqual([true, false]);
    vi.advanceTimersByTime(30_000);
    expect([admits(), admits()]).toEqual([true, false]);
    link.resume();
    expect([admits(), admits()]).toEqual([true, false]);
    link.settle(undefined);
    expect([link.state, admits(), admits()]).toEqual(["up", true, true]);
  });
});

describe("a sign-in that is over", () => {
  it("is told once, and nothing is read until a person tries again", () => {
    const { link, onAuthLost, notified, admits } = connect();
    link.settle(failure("auth_required"));
    link.settle(failure("auth_required"));
    expect(onAuthLost).toHaveBeenCalledOnce();
    expect(notified).toHaveBeenCalledOnce();
    expect([link.state, link.reason]).toEqual(["signed-out", "auth_required"]);
    vi.advanceTimersByTime(24 * 3_600_000);
    expect([admits(), admits(true)]).toEqual([false, true]);
    link.resume();
    expect([admits(), admits()]).toEqual([true, false]);
  });

  it("is not taken back by what was sent before, but by what was sent since", () => {
    const { link, onAuthLost } = connect();
    const before = link.admit(operation, false);
    link.settle(failure("auth_required"), before);
    link.settle(undefined, before);
    expect(link.state).toBe("signed-out");
    link.resume();
    link.settle(undefined, link.admit(operation, false));
    expect(link.state).toBe("up");
    link.settle(failure("auth_required"));
    expect(onAuthLost).toHaveBeenCalledTimes(2);
  });

  it("comes out of an outage as well", () => {
    const { link, fail } = connect();
    fail("server", 5);
    link.settle(failure("auth_required"));
    expect([link.state, link.reason]).toEqual(["signed-out", "auth_required"]);
  });
});

describe("repeats", () => {
  it("are ten for all reads, and a success gives back a tenth, up to ten", () => {
    const { link } = connect();
    const take = () => {
      let taken = 0;
      while (link.mayRepeat()) taken += 1;
      return taken;
    };
    link.settle(undefined);
    expect(take()).toBe(10);
    for (let time = 0; time < 25; time += 1) link.settle(undefined);
    expect(take()).toBe(2);
    for (let time = 0; time < 1000; time += 1) link.settle(undefined);
    expect(take()).toBe(10);
  });

  it("are none while the service is down", () => {
    const { link, fail } = connect();
    fail("server", 5);
    expect(link.mayRepeat()).toBe(false);
  });
});

describe("waiting", () => {
  it("lasts as long as the longest that was asked for", () => {
    const { link } = connect();
    expect(link.wait()).toBeLessThanOrEqual(0);
    link.settle(failure("rate_limited", 20));
    link.settle(failure("rate_limited", 5));
    link.settle(failure("rate_limited"));
    expect(link.wait()).toBe(20_000);
    vi.advanceTimersByTime(15_000);
    expect(link.wait()).toBe(5000);
  });
});

describe("the server's clock", () => {
  const ahead = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();

  it("is known by the middle of the last five answers, from two seconds on", () => {
    const { link, notified } = connect();
    link.hear(ahead(1));
    expect(link.clockOffset).toBe(0);
    for (const seconds of [60, 60, 60]) link.hear(ahead(seconds));
    expect(link.clockOffset).toBe(60_000);
    const told = notified.mock.calls.length;
    // One that took its time changes nothing.
    link.hear(ahead(3600));
    link.hear(ahead(61));
    expect(link.clockOffset).toBe(60_000);
    expect(notified).toHaveBeenCalledTimes(told);
    for (let time = 0; time < 5; time += 1) link.hear(ahead(-120));
    expect(link.clockOffset).toBe(-120_000);
  });

  it("is worked out anew as soon as somebody sets this one's", () => {
    const { link } = connect();
    for (let time = 0; time < 5; time += 1) link.hear(ahead(3 * 3600));
    expect(link.clockOffset).toBe(3 * 3_600_000);
    vi.setSystemTime(Date.now() + 3 * 3_600_000);
    link.hear(ahead(0));
    expect(Math.abs(link.clockOffset)).toBeLessThan(1000);
  });

  it.each([null, "", "yesterday"])("is not known from %j", (date) => {
    const { link, notified } = connect();
    link.hear(date);
    expect(link.clockOffset).toBe(0);
    expect(notified).not.toHaveBeenCalled();
  });
});

describe("the end", () => {
  it("is for good: nothing is sent, nothing is repeated, and what is under way ends", () => {
    const { link, admits, notified, onAuthLost, fail } = connect();
    link.end();
    expect([link.state, link.reason]).toEqual(["ended", "auth_required"]);
    expect(link.ended.reason).toMatchObject({ code: "auth_required", operation: "request", outcome: "unknown" });
    link.resume();
    link.settle(undefined);
    link.settle(failure("auth_required"));
    fail("server", 5);
    expect([link.state, admits(), admits(true), link.mayRepeat()]).toEqual(["ended", false, false, false]);
    expect(notified).toHaveBeenCalledOnce();
    expect(onAuthLost).not.toHaveBeenCalled();
  });

  it("is not told to whoever has left", () => {
    const { link, notified, stop } = connect();
    stop();
    link.end();
    expect(notified).not.toHaveBeenCalled();
  });
});

describe("a service that asks to wait for very long", () => {
  it("is waited for an hour at most, and the next read that the user asks for is sent", () => {
    const { link } = connect();
    link.settle(failure("rate_limited", 31_536_000));
    expect(link.wait()).toBe(3_600_000);
    link.resume();
    expect([link.wait(), link.wait()]).toEqual([0, 3_600_000]);
    vi.advanceTimersByTime(3_600_000);
    expect(link.wait()).toBe(0);
  });
});
