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

/** A read that fails `times` times with this error, and the times of its attempts in ms from the start. */
function reading(
  error: CoviuError,
  { times = Infinity, connection = createConnection(undefined), totalMs = 30_000 } = {},
) {
  const start = performance.now();
  const attemptsMs: number[] = [];
  async function read(): Promise<string> {
    attemptsMs.push(performance.now() - start);
    if (attemptsMs.length <= times) throw error;
    return "read";
  }
  async function outcomeOf(): Promise<unknown> {
    try {
      return await retryReads(connection, read, { operation: "getSessionPage", signal: undefined, totalMs });
    } catch (reason) {
      return reason;
    }
  }
  return { attemptsMs, outcome: outcomeOf() };
}

/** A connection after a response with this Retry-After. */
function busyFor(seconds: number) {
  const connection = createConnection(undefined);
  connection.recordOutcome(failure("rate_limited", { retryAfter: seconds }));
  return connection;
}

describe("retryReads", () => {
  it("tries three times, with pauses that double", async () => {
    const { attemptsMs, outcome } = reading(failure("server"));
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ code: "server" });
    expect(attemptsMs).toEqual([0, 300, 900]);
  });

  it("spreads the pauses", async () => {
    vi.mocked(Math.random).mockReturnValue(0.5);
    const { attemptsMs } = reading(failure("server"));
    await vi.runAllTimersAsync();
    expect(attemptsMs).toEqual([0, 150, 450]);
  });

  it.each<[CoviuErrorCode, number | undefined, number]>([
    ["unreachable", undefined, 3],
    ["timeout", undefined, 3],
    // A 408 is the server's own timeout.
    ["timeout", 408, 1],
    ["auth_unavailable", undefined, 1],
    ["not_found", 404, 1],
    ["bad_response", undefined, 2],
    ["bad_response", 200, 1],
  ])("after %s with status %s makes %i attempts in all", async (code, status, times) => {
    const { attemptsMs } = reading(failure(code, status === undefined ? {} : { status }));
    await vi.runAllTimersAsync();
    expect(attemptsMs).toHaveLength(times);
  });

  it("waits as long as Retry-After, without using the retry budget", async () => {
    const connection = createConnection(undefined);
    const { attemptsMs, outcome } = reading(failure("rate_limited", { retryAfter: 12 }), { times: 1, connection });
    connection.recordOutcome(failure("rate_limited", { retryAfter: 12 }));
    await vi.runAllTimersAsync();
    expect(await outcome).toBe("read");
    // Other reads wait as well, so the wait is spread.
    expect(attemptsMs).toEqual([0, 14_000]);
    expect(Array.from({ length: 11 }, () => connection.takeRetryBudget())).toEqual([
      ...Array.from({ length: 10 }, () => true),
      false,
    ]);
  });

  it.each([
    [30, 2],
    [31, 1],
  ])("with Retry-After %i and 30 seconds in all makes %i attempts", async (retryAfter, times) => {
    vi.mocked(Math.random).mockReturnValue(0);
    const connection = createConnection(undefined);
    const { attemptsMs, outcome } = reading(failure("rate_limited", { retryAfter }), {
      times: 1,
      connection,
      totalMs: 30_001,
    });
    connection.recordOutcome(failure("rate_limited", { retryAfter }));
    await vi.runAllTimersAsync();
    expect(attemptsMs).toHaveLength(times);
    expect(await outcome).toEqual(times === 2 ? "read" : expect.objectContaining({ code: "rate_limited", retryAfter }));
  });

  it("sends nothing when another read got a Retry-After above the limit", async () => {
    const { attemptsMs, outcome } = reading(failure("server"), { connection: busyFor(31) });
    await vi.runAllTimersAsync();
    expect(attemptsMs).toEqual([]);
    expect(await outcome).toMatchObject({ code: "rate_limited", outcome: "not-sent", retryAfter: 31 });
    expect(performance.now()).toBeLessThan(31_000);
  });

  it("waits when another read got a Retry-After below the limit", async () => {
    const { attemptsMs } = reading(failure("server"), { connection: busyFor(20), times: 0 });
    await vi.runAllTimersAsync();
    expect(attemptsMs).toEqual([22_000]);
  });

  it("fails at once when the next pause would exceed the total time", async () => {
    const { attemptsMs, outcome } = reading(failure("server"), { totalMs: 900 });
    await vi.runAllTimersAsync();
    expect(attemptsMs).toEqual([0, 300]);
    expect(await outcome).toMatchObject({ code: "server" });
  });

  it("does not retry when the shared retry budget is empty", async () => {
    const connection = createConnection(undefined);
    while (connection.takeRetryBudget());
    const { attemptsMs } = reading(failure("server"), { connection });
    await vi.runAllTimersAsync();
    expect(attemptsMs).toEqual([0]);
  });

  it("stops when its signal is aborted", async () => {
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
    controller.abort("aborted");
    await expect(outcome).rejects.toBe("aborted");
    await vi.runAllTimersAsync();
    expect(sent).toHaveLength(1);
  });
});
