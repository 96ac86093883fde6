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

/** A token source over the app's function, and a spy that counts its calls. */
function sourceOver(getAccessToken: GetAccessToken) {
  const spy = vi.fn<GetAccessToken>(getAccessToken);
  const ending = new AbortController();
  const sent = new Map<string, Headers>();
  const source = createTokenSource(spy, 10_000, ending.signal);
  /** Gives the token. `refused` is a token that got a 401. */
  const next = async (refused?: string) => {
    const headers = await source(refused === undefined ? undefined : sent.get(refused));
    const token = headers.get("authorization")?.replace("Bearer ", "") ?? "";
    sent.set(token, headers);
    return token;
  };
  return { getAccessToken: spy, next, ending };
}

/** A source of tokens that expire after this many minutes. */
function expiringAfter(minutes: number) {
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
  ])("requests a new token after a token of %d minutes is %d minutes old", async (life, until) => {
    const { getAccessToken, next } = expiringAfter(life);
    await next();
    await vi.advanceTimersByTimeAsync(until * minute - 1);
    await expect(next()).resolves.toBe("token-1");
    await vi.advanceTimersByTimeAsync(1);
    await expect(next()).resolves.toBe("token-2");
    expect(getAccessToken).toHaveBeenCalledTimes(2);
  });

  it("uses the clock that has advanced more: one stops during sleep, the other can be set", async () => {
    const { next } = expiringAfter(60);
    await next();
    // The computer sleeps for an hour.
    vi.setSystemTime(Date.now() + 60 * minute);
    await expect(next()).resolves.toBe("token-2");
    // The clock is set back by two hours while an hour passes.
    vi.setSystemTime(Date.now() - 120 * minute);
    await vi.advanceTimersByTimeAsync(60 * minute);
    await expect(next()).resolves.toBe("token-3");
  });

  it("rejects with auth_unavailable for any thrown error except auth_required", async () => {
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
    const signedOut = notSent("auth_required", "app");
    await expect(sourceOver(() => Promise.reject(signedOut)).next()).rejects.toMatchObject({
      code: "auth_required",
      operation: "getAccessToken",
    });
  });

  it("rejects with a message that says no token or timeout", async () => {
    for (const token of ["", "two words", "line\nbreak", "naïve"]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(sourceOver(async () => token).next()).rejects.toThrow(
        "getAccessToken: auth_unavailable gave no token",
      );
    }
    const { next } = sourceOver(() => new Promise(() => {}));
    await Promise.all([expect(next()).rejects.toThrow("took too long"), vi.advanceTimersByTimeAsync(10_000)]);
  });

  it("rejects waiting calls when the client ends, and requests no more tokens", async () => {
    const { next, getAccessToken, ending } = sourceOver(() => new Promise(() => {}));
    const waiting = next();
    ending.abort("ended");
    await expect(waiting).rejects.toMatchObject({ code: "auth_unavailable" });
    await expect(next()).rejects.toBe("ended");
    expect(getAccessToken).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("passes forceRefresh when a token is to be replaced", async () => {
    const { next, getAccessToken } = expiringAfter(60);
    const token = await next();
    await next(token);
    expect(getAccessToken.mock.calls.map(([{ forceRefresh }]) => forceRefresh)).toEqual([false, true]);
  });
});
