import { getEventListeners } from "node:events";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { sleep, withTimeout } from "../../src/api/withTimeout.ts";

const pending = () => new Promise<never>(() => {});

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("withTimeout", () => {
  it("returns the result of the work, and leaves no timer and no listener", async () => {
    const { signal } = new AbortController();
    await expect(withTimeout(1000, [undefined, signal], async () => "done")).resolves.toBe("done");
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("leaves no timer and no listener when the work fails", async () => {
    const { signal } = new AbortController();
    await expect(withTimeout(1000, [signal], () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("rejects with a TimeoutError after the passed time, and aborts the signal of the work", async () => {
    let passed: AbortSignal | undefined;
    const work = withTimeout(1000, [], (signal) => {
      passed = signal;
      return pending();
    });
    work.catch(() => {});
    await vi.advanceTimersByTimeAsync(999);
    expect(passed?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await expect(work).rejects.toMatchObject({ name: "TimeoutError", message: "" });
    expect(passed?.reason).toMatchObject({ name: "TimeoutError" });
  });

  it.each([0, 1])("rejects with the reason of signal %i, also when it was aborted before", async (which) => {
    const [own, other] = [new AbortController(), new AbortController()];
    const work = withTimeout(1000, [own.signal, other.signal], pending);
    [own, other][which]?.abort("aborted");
    await expect(work).rejects.toBe("aborted");
    await expect(withTimeout(1000, [own.signal, other.signal], pending)).rejects.toBe("aborted");
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("sleep", () => {
  it("resolves after the given time", async () => {
    const onWake = vi.fn<() => void>();
    void sleep(1000, new AbortController().signal).then(onWake);
    await vi.advanceTimersByTimeAsync(999);
    expect(onWake).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(onWake).toHaveBeenCalledOnce();
  });

  it("resolves early when its signal is aborted", async () => {
    const controller = new AbortController();
    const sleeping = sleep(1000, controller.signal);
    controller.abort();
    await sleeping;
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });
});
