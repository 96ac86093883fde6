import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { booking, createClinic, inTime, now } from "./clinic.ts";

// Imitates the runtime of workers. `npm run apps -- worker` runs the real one.
beforeEach(() => {
  vi.useFakeTimers({ now: new Date(now) });
  vi.stubGlobal("WebSocketPair", () => {});
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Rejects the options that the fetch of workers rejects. */
function workersFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init = {}) => {
    const refused = ["credentials", "mode", "referrer", "referrerPolicy", "keepalive"].filter((name) => name in init);
    if (init.redirect === "error" || refused.length > 0) throw new TypeError(`not implemented: ${refused.join()}`);
    return fetch(input, init);
  };
}

it("the proxy can be created in a worker's global scope, where timers, random values and requests are not allowed", () => {
  // With fake timers, Vitest would restore the mocked setTimeout afterwards.
  vi.useRealTimers();
  const refuse = () => {
    throw new Error("Disallowed operation called within global scope.");
  };
  vi.spyOn(globalThis, "setTimeout").mockImplementation(refuse);
  vi.spyOn(crypto, "randomUUID").mockImplementation(refuse);
  vi.spyOn(crypto, "getRandomValues").mockImplementation(refuse);
  const fetch = vi.fn<typeof globalThis.fetch>(refuse);
  expect(() => createClinic({ fetch })).not.toThrow();
  vi.restoreAllMocks();
});

it("requests that wait for the same token, permit and lock poll independently, and all get a response", async () => {
  const clinic = createClinic({ sandbox: { seed: "none", latencyMs: 20 } });
  const { send, write } = clinic.server({ concurrency: 2, fetch: workersFetch(clinic.sandbox.fetch) });
  const reads = await inTime(Promise.all(Array.from({ length: 12 }, () => send("desk", "sessions"))));
  expect(reads.map(({ status }) => status)).toEqual(Array.from(reads, () => 200));
  expect(clinic.wire.filter(({ path }) => path === "auth/token")).toHaveLength(1);
  const { json: session } = await inTime(write("chen", { method: "POST", path: "sessions", body: booking }));
  const edits = Array.from({ length: 5 }, (_, index) =>
    write("chen", { method: "PUT", path: `sessions/${session.session_id}`, body: { session_name: `${index}` } }),
  );
  const responses = await inTime(Promise.all(edits));
  expect(responses.map(({ status }) => status)).toEqual(Array.from(responses, () => 200));
});

it("a request that ends without cleanup while it holds token, permit and lock blocks others for a limited time", async () => {
  const clinic = createClinic({ sandbox: { seed: "none" } });
  let isLost = true;
  const server = clinic.server({
    concurrency: 1,
    // Its request to the service never settles, and its timers never fire.
    fetch: (input, init) => (isLost ? new Promise(() => {}) : clinic.sandbox.fetch(input, init)),
  });
  void server.send("desk", "sessions");
  await vi.advanceTimersByTimeAsync(0);
  vi.clearAllTimers();
  isLost = false;
  const startedAt = performance.now();
  const response = await inTime(server.send("desk", "sessions"));
  expect(performance.now() - startedAt).toBeLessThanOrEqual(21_000);
  expect([200, 503, 504]).toContain(response.status);
  expect((await inTime(server.send("desk", "sessions"))).status).toBe(200);
});
