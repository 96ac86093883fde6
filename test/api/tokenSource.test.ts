import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { notSent } from "../../src/api/errors.ts";
import { createTokenSource, type GetAccessToken } from "../../src/api/tokenSource.ts";

const minute = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A source over a function of the app's, and how often that was asked. */
function sourceOver(getAccessToken: GetAccessToken) {
  const asked = vi.fn<GetAccessToken>(getAccessToken);
  const ending = new AbortController();
  const next = createTokenSource(asked, 10_000, ending.signal);
  return { asked, next, ending };
}

/** Tokens that live so many minutes by the clock on the wall. */
function living(minutes: number) {
  let number = 0;
  return sourceOver(async () => ({
    accessToken: `token-${(number += 1)}`,
    expiresAt: Date.now() + minutes * minute,
  }));
}

describe("createTokenSource", () => {
  it.each([
    [60, 59],
    [10, 9],
    [5, 4.5],
  ])("asks again for a token of %d minutes after %d", async (life, until) => {
    const { asked, next } = living(life);
    await next();
    await vi.advanceTimersByTimeAsync(until * minute - 1);
    await expect(next()).resolves.toBe("token-1");
    await vi.advanceTimersByTimeAsync(1);
    await expect(next()).resolves.toBe("token-2");
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it("goes by whichever clock has gone further: one stops while a computer sleeps, the other can be set", async () => {
    const { next } = living(60);
    await next();
    // Asleep for an hour.
    vi.setSystemTime(Date.now() + 60 * minute);
    await expect(next()).resolves.toBe("token-2");
    // Set back by two, while an hour goes by.
    vi.setSystemTime(Date.now() - 120 * minute);
    await vi.advanceTimersByTimeAsync(60 * minute);
    await expect(next()).resolves.toBe("token-3");
  });

  it("says that nobody could be asked, whatever was thrown, unless that says that the sign-in is over", async () => {
    const thrown = [
      new Error("secret"),
      notSent("forbidden", "app"),
      new DOMException("secret", "AbortError"),
      Object.assign(new Error("secret"), { name: "TimeoutError" }),
    ];
    for (const error of thrown) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(sourceOver(() => Promise.reject(error)).next()).rejects.toMatchObject({
        code: "auth_unavailable",
        outcome: "not-sent",
        message: "getAccessToken: auth_unavailable threw",
      });
    }
    const over = notSent("auth_required", "app");
    await expect(sourceOver(() => Promise.reject(over)).next()).rejects.toMatchObject({
      code: "auth_required",
      operation: "getAccessToken",
    });
  });

  it("says that it was given no token, or that it took too long", async () => {
    for (const token of ["", "two words", "line\nbreak", "naïve"]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(sourceOver(async () => token).next()).rejects.toThrow(
        "getAccessToken: auth_unavailable gave no token",
      );
    }
    const { next } = sourceOver(() => new Promise(() => {}));
    await Promise.all([expect(next()).rejects.toThrow("took too long"), vi.advanceTimersByTimeAsync(10_000)]);
  });

  it("leaves nobody waiting once the client has ended, and asks for nothing more", async () => {
    const { next, asked, ending } = sourceOver(() => new Promise(() => {}));
    const waiting = next();
    ending.abort("over");
    await expect(waiting).rejects.toMatchObject({ code: "auth_unavailable" });
    await expect(next()).rejects.toBe("over");
    expect(asked).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("says after the first token that the next has to be another", async () => {
    const { next, asked } = living(60);
    const token = await next();
    await next(token);
    expect(asked.mock.calls.map(([{ forceRefresh }]) => forceRefresh)).toEqual([false, true]);
  });
});
