/* oxlint-disable typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-assertion, typescript/unbound-method -- apps in JavaScript may pass any type; a store has no `this` */
import { describe, expect, it, vi } from "vitest";

import { createMemoryStore } from "../../src/server/index.ts";
import { booking, createClinic, inTime, fakeClockAtNow, idempotencyKey as id } from "./clinic.ts";

const day = 24 * 3600;

fakeClockAtNow();

describe("the memory store", () => {
  it("drops outcomes of finished writes, oldest first, but none of the last ten minutes", async () => {
    const store = createMemoryStore({ maxBytes: 10_000 });
    const value = "x".repeat(1000);
    const put = (key: string, evictable: boolean) => store.swap(key, undefined, value, day, { evictable });
    await put("unresolved", false);
    await put("old", true);
    await vi.advanceTimersByTimeAsync(1000);
    await put("newer", true);
    for (let index = 0; index < 5; index += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await put(`claim ${index}`, false);
    }
    await expect(put("too much", true)).rejects.toThrow("full");
    await vi.advanceTimersByTimeAsync(599_500);
    expect(await put("next", true)).toBe(true);
    expect([await store.get("old"), await store.get("newer"), await store.get("unresolved")]).toEqual([
      undefined,
      value,
      value,
    ]);
    await expect(put("one more", false)).rejects.toThrow("full");
    await vi.advanceTimersByTimeAsync(1000);
    expect(await put("one more", false)).toBe(true);
    expect(await store.get("newer")).toBeUndefined();
    // A swap that does not fit does not change the previous value.
    await expect(store.swap("unresolved", value, "x".repeat(9000), day)).rejects.toThrow("full");
    expect(await store.get("unresolved")).toBe(value);
    expect(await store.swap("unresolved", value, undefined, day)).toBe(true);
    expect(await put("freed", false)).toBe(true);
  });

  it("frees expired values", async () => {
    const store = createMemoryStore({ maxBytes: 10_000 });
    for (let index = 0; index < 100; index += 1) {
      // oxlint-disable-next-line no-await-in-loop
      expect(await store.swap(`${index}`, undefined, "x".repeat(4000), 1)).toBe(true);
      // oxlint-disable-next-line no-await-in-loop
      await vi.advanceTimersByTimeAsync(1000);
    }
  });

  it("refuses writes with 503 if it is full, and reports it to onError", async () => {
    const { write, writes, errors } = createClinic({ store: createMemoryStore({ maxBytes: 300 }) });
    const { status } = await inTime(write("desk", { method: "POST", path: "sessions", body: booking }));
    expect([status, writes(), String(errors[0]?.error)]).toEqual([503, 0, expect.stringContaining("full")]);
  });
});

it("a booking with a state of 60 kB uses less than 3 kB of the store, and a repeat gets the full response", async () => {
  let held = 0;
  const memory = createMemoryStore();
  const values = new Map<string, number>();
  const { write, writes } = createClinic({
    sandbox: { seed: "none" },
    store: {
      get: memory.get,
      async swap(key, was, value, seconds, options) {
        const isSwapped = await memory.swap(key, was, value, seconds, options);
        if (isSwapped) values.set(key, value?.length ?? 0);
        return isSwapped;
      },
    },
  });
  const participants = [...booking.participants, { display_name: "Large", state: "x".repeat(60_000) }];
  const call = { method: "POST", path: "sessions", body: { ...booking, participants } };
  const first = await inTime(write("chen", call, id));
  const second = await inTime(write("chen", call, id));
  expect([first.status, second.status, writes()]).toEqual([200, 200, 1]);
  expect(second.json).toEqual(first.json);
  for (const length of values.values()) held += length;
  expect(held).toBeLessThan(3000);
});
