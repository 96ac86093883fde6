import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createConnection } from "../../src/api/connection.ts";
import { CoviuError, type CoviuErrorCode } from "../../src/api/errors.ts";
import { retryReads } from "../../src/api/retry.ts";

const failure = (code: CoviuErrorCode, details: { retryAfter?: number; status?: number } = {}) =>
  new CoviuError({ code, operation: "getSessionPage", outcome: "refused", ...details });

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A read that fails so many times in this way, and when it was tried: milliseconds from the start. */
function reading(
  error: CoviuError,
  { times = Infinity, connection = createConnection(undefined), totalMs = 30_000 } = {},
) {
  const start = performance.now();
  const tried: number[] = [];
  async function read(): Promise<string> {
    tried.push(performance.now() - start);
    if (tried.length <= times) throw error;
    return "read";
  }
  async function outcomeOf(): Promise<unknown> {
    try {
      return await retryReads(connection, read, { operation: "getSessionPage", signal: undefined, totalMs });
    } catch (reason) {
      return reason;
    }
  }
  return { tried, outcome: outcomeOf() };
}

/** A connection that has been asked to wait so many seconds. */
function busyFor(seconds: number) {
  const connection = createConnection(undefined);
  connection.recordOutcome(failure("rate_limited", { retryAfter: seconds }));
  return connection;
}

describe("retryReads", () => {
  it("tries three times, with pauses that double", async () => {
    const { tried, outcome } = reading(failure("server"));
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ code: "server" });
    expect(tried).toEqual([0, 300, 900]);
  });

  it("spreads the pauses", async () => {
    vi.mocked(Math.random).mockReturnValue(0.5);
    const { tried } = reading(failure("server"));
    await vi.runAllTimersAsync();
    expect(tried).toEqual([0, 150, 450]);
  });

  it.each<[CoviuErrorCode, number | undefined, number]>([
    ["unreachable", undefined, 3],
    ["timeout", undefined, 3],
    // The server itself has given up waiting.
    ["timeout", 408, 1],
    ["auth_unavailable", undefined, 1],
    ["not_found", 404, 1],
    ["bad_response", undefined, 2],
    ["bad_response", 200, 1],
  ])("tries after %s with status %s %i times in all", async (code, status, times) => {
    const { tried } = reading(failure(code, status === undefined ? {} : { status }));
    await vi.runAllTimersAsync();
    expect(tried).toHaveLength(times);
  });

  it("waits as long as the server asks, which costs no repeat", async () => {
    const connection = createConnection(undefined);
    const { tried, outcome } = reading(failure("rate_limited", { retryAfter: 12 }), { times: 1, connection });
    connection.recordOutcome(failure("rate_limited", { retryAfter: 12 }));
    await vi.runAllTimersAsync();
    expect(await outcome).toBe("read");
    // The others wait as well, so not all come back at the same moment.
    expect(tried).toEqual([0, 14_000]);
    expect(Array.from({ length: 11 }, () => connection.takeRetryBudget())).toEqual([
      ...Array.from({ length: 10 }, () => true),
      false,
    ]);
  });

  it.each([
    [30, 2],
    [31, 1],
  ])("with %i seconds to wait for, of 30, tries %i times", async (retryAfter, times) => {
    vi.mocked(Math.random).mockReturnValue(0);
    const connection = createConnection(undefined);
    const { tried, outcome } = reading(failure("rate_limited", { retryAfter }), {
      times: 1,
      connection,
      totalMs: 30_001,
    });
    connection.recordOutcome(failure("rate_limited", { retryAfter }));
    await vi.runAllTimersAsync();
    expect(tried).toHaveLength(times);
    expect(await outcome).toEqual(times === 2 ? "read" : expect.objectContaining({ code: "rate_limited", retryAfter }));
  });

  it("is not sent where another read was told to wait longer than anyone would", async () => {
    const { tried, outcome } = reading(failure("server"), { connection: busyFor(31) });
    await vi.runAllTimersAsync();
    expect(tried).toEqual([]);
    expect(await outcome).toMatchObject({ code: "rate_limited", outcome: "not-sent", retryAfter: 31 });
    expect(performance.now()).toBeLessThan(31_000);
  });

  it("waits where another read was told to, but not for ever", async () => {
    const { tried } = reading(failure("server"), { connection: busyFor(20), times: 0 });
    await vi.runAllTimersAsync();
    expect(tried).toEqual([22_000]);
  });

  it("gives up at once where a pause would take too long", async () => {
    const { tried, outcome } = reading(failure("server"), { totalMs: 900 });
    await vi.runAllTimersAsync();
    expect(tried).toEqual([0, 300]);
    expect(await outcome).toMatchObject({ code: "server" });
  });

  it("repeats nothing once all reads together have had their repeats", async () => {
    const connection = createConnection(undefined);
    while (connection.takeRetryBudget());
    const { tried } = reading(failure("server"), { connection });
    await vi.runAllTimersAsync();
    expect(tried).toEqual([0]);
  });

  it("stops when it is left", async () => {
    const controller = new AbortController();
    const sent: unknown[] = [];
    const outcome = retryReads(
      createConnection(undefined),
      async (signal) => {
        signal.throwIfAborted();
        sent.push(signal);
        throw failure("server");
      },
      { operation: "getSessionPage", signal: controller.signal, totalMs: 30_000 },
    );
    outcome.catch(() => {});
    await vi.advanceTimersByTimeAsync(100);
    controller.abort("left");
    await expect(outcome).rejects.toBe("left");
    await vi.runAllTimersAsync();
    expect(sent).toHaveLength(1);
  });
});
