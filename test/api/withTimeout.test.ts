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

describe("within", () => {
  it("gives what the work gives, and leaves no timer and no listener", async () => {
    const { signal } = new AbortController();
    await expect(withTimeout(1000, [undefined, signal], async () => "done")).resolves.toBe("done");
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("leaves nothing where the work fails either", async () => {
    const { signal } = new AbortController();
    await expect(withTimeout(1000, [signal], () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("takes no longer than it may, and tells the work so", async () => {
    let given: AbortSignal | undefined;
    const work = withTimeout(1000, [], (signal) => {
      given = signal;
      return pending();
    });
    work.catch(() => {});
    await vi.advanceTimersByTimeAsync(999);
    expect(given?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await expect(work).rejects.toMatchObject({ name: "TimeoutError", message: "" });
    expect(given?.reason).toMatchObject({ name: "TimeoutError" });
  });

  it.each([0, 1])("ends with signal %i for its reason, and with one that was aborted before", async (which) => {
    const [own, other] = [new AbortController(), new AbortController()];
    const work = withTimeout(1000, [own.signal, other.signal], pending);
    [own, other][which]?.abort("left");
    await expect(work).rejects.toBe("left");
    await expect(withTimeout(1000, [own.signal, other.signal], pending)).rejects.toBe("left");
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("sleep", () => {
  it("lasts as long as it should", async () => {
    const awake = vi.fn<() => void>();
    void sleep(1000, new AbortController().signal).then(awake);
    await vi.advanceTimersByTimeAsync(999);
    expect(awake).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(awake).toHaveBeenCalledOnce();
  });

  it("ends early with its signal", async () => {
    const controller = new AbortController();
    const asleep = sleep(1000, controller.signal);
    controller.abort();
    await asleep;
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });
});
