import { afterEach, describe, expect, it, vi } from "vitest";

import { createCoviuClient, createSession, type GetHeaders, getSession, listSessions } from "../../src/core.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { createCoviuProxy, createMemoryStore } from "../../src/server/index.ts";

afterEach(() => {
  vi.useRealTimers();
});

const origin = "https://clinic.example";
const booking = { start_time: "2026-01-13T00:00:00.000Z", end_time: "2026-01-13T00:30:00.000Z" };

/** A clinic whose proxy accepts the bearer token `current` of its own sign-in, and a client that sends it as a header. */
function connect(getHeaders: GetHeaders, accepted: () => string = () => "t1") {
  const sandbox = createSandbox({ now: "2026-01-11T22:52:00Z", seed: "none" });
  const reached: Request[] = [];
  const proxy = createCoviuProxy({
    apiKey: "sandbox-key",
    apiSecret: "sandbox-secret",
    baseUrl: sandbox.baseUrl,
    fetch: sandbox.fetch,
    store: createMemoryStore(),
    origins: [origin],
    authenticate: (request) => (request.headers.get("authorization") === `Bearer ${accepted()}` ? { id: "ana" } : null),
    authorize: () => true,
  });
  const headers = vi.fn<GetHeaders>(getHeaders);
  const client = createCoviuClient({
    baseUrl: `${origin}/api/coviu`,
    headers,
    async fetch(input, init) {
      const request = new Request(input, init);
      reached.push(request.clone());
      request.headers.set("sec-fetch-site", "same-origin");
      return proxy(request);
    },
  });
  return { client, headers, reached, sandbox };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe("the option headers", () => {
  it("is called for each request, and adds its headers to those of the kit", async () => {
    const { client, headers, reached } = connect(() => ({
      ...bearer("t1"),
      "x-clinic": "north",
      "coviu-kit": "0",
      "idempotency-key": '"app"',
    }));
    await listSessions(client);
    await createSession(client, booking);
    expect(headers.mock.calls.map(([{ renew }]) => renew)).toEqual([false, false]);
    expect(reached.map((request) => request.headers.get("x-clinic"))).toEqual(["north", "north"]);
    expect(reached.map((request) => request.headers.get("coviu-kit"))).toEqual(["1", "1"]);
    expect(reached[1]?.headers.get("idempotency-key")).toMatch(/^"[\da-f-]{36}"$/);
    expect(reached.map((request) => request.credentials)).toEqual(["same-origin", "same-origin"]);
  });

  it("is called once more with renew after a 401, and the write is repeated with the same idempotency key", async () => {
    let current = "t1";
    const { client, headers, reached, sandbox } = connect(
      ({ renew }) => bearer(renew ? "t2" : current),
      () => "t2",
    );
    await createSession(client, booking);
    current = "t2";
    expect(headers.mock.calls.map(([{ renew }]) => renew)).toEqual([false, true]);
    const keys = reached.map((request) => request.headers.get("idempotency-key"));
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    expect(sandbox.log.count({ operation: "createSession" })).toBe(1);
  });

  it("is called once for requests that start at the same time, and renewed once for all that got a 401", async () => {
    let current = "t1";
    const { client, headers } = connect(
      async ({ renew }) => {
        if (renew) current = "t2";
        return bearer(current);
      },
      () => "t2",
    );
    await Promise.all([listSessions(client), listSessions(client, { page: 1 }), listSessions(client, { page: 2 })]);
    expect(headers.mock.calls.map(([{ renew }]) => renew)).toEqual([false, true]);
  });

  it("ends the sign-in if a 401 remains", async () => {
    const { client, headers } = connect(
      () => bearer("t1"),
      () => "other",
    );
    await expect(getSession(client, "s")).rejects.toMatchObject({ code: "auth_required", outcome: "refused" });
    expect(headers.mock.calls.map(([{ renew }]) => renew)).toEqual([false, true]);
  });

  it.each<[string, GetHeaders]>([
    ["threw", () => Promise.reject(new Error("token t1"))],
    ["gave no valid headers", () => ({ "not a name": "t1" })],
  ])("rejects with auth_unavailable and the hint %s, without the text of the app", async (hint, getHeaders) => {
    const { client, reached } = connect(getHeaders);
    const error: unknown = await createSession(client, booking).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "auth_unavailable", outcome: "not-sent" });
    expect(String(error)).toContain(hint);
    expect(JSON.stringify(error) + String(error)).not.toContain("t1");
    expect(reached).toEqual([]);
  });

  it("rejects with auth_unavailable after 10 s if it does not settle", async () => {
    vi.useFakeTimers();
    const { client, reached } = connect(() => new Promise(() => {}));
    const booked = createSession(client, booking).catch((reason: unknown) => reason);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await booked).toMatchObject({ code: "auth_unavailable", message: expect.stringContaining("took too long") });
    expect(reached).toEqual([]);
  });
});

describe("createCoviuClient in development", () => {
  it("refuses headers together with getAccessToken", () => {
    const both = { baseUrl: "/api/coviu", headers: () => ({}), getAccessToken: async () => "t1" };
    expect(() => createCoviuClient(both)).toThrow("give headers or getAccessToken, not both");
  });

  it("warns that getAccessToken with a proxy switches off the guard against double bookings", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    createCoviuClient({ baseUrl: "/api/coviu", getAccessToken: async () => "t1" });
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]?.[0]).toContain("writes carry no idempotency key");
    warn.mockRestore();
  });
});
