import { serve } from "@hono/node-server";
import { createClient } from "@redis/client";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { createSearch } from "../../src/sandbox/canaries/search.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { createRedisStore, type ProxyStore, type RedisClient } from "../../src/server/index.ts";
import { type ClinicServers, serversOnMemory, serversOnRedis } from "../harness/clinicServers.ts";
import { hasRedis, type RedisServer, redisServer } from "../harness/redisServer.ts";
import { type Call, createClinic, inTime, now, never } from "./clinic.ts";

const day = 24 * 3600;

/** Creates a booking of Chen at a separate time. */
function bookingAt(minute: number) {
  const at = (minutes: number) => new Date(Date.parse("2026-01-13T00:00:00Z") + minutes * 60_000).toISOString();
  return {
    method: "POST",
    path: "sessions",
    body: {
      session_name: `Knee rehab ${minute}`,
      start_time: at(minute),
      end_time: at(minute + 30),
      participants: [
        { display_name: "Mei-Ling Chen", role: "HOST", state: "clinician-chen" },
        { display_name: "Ana Lee", role: "GUEST" },
      ],
    },
  } satisfies Call;
}

/** Serves the sandbox over HTTP with some latency, and counts concurrent edits. */
async function service() {
  const sandbox = createSandbox({ now, seed: "none", latencyMs: 10 });
  const edits = { now: 0, most: 0 };

  async function respond({ url, method, headers, body }: Request): Promise<Response> {
    const isEdit = method === "PUT";
    edits.now += Number(isEdit);
    edits.most = Math.max(edits.most, edits.now);
    try {
      return await sandbox.fetch(url, {
        method,
        headers,
        body: method === "GET" ? null : await new Response(body).text(),
      });
    } finally {
      edits.now -= Number(isEdit);
    }
  }

  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>((resolve) => {
    const server = serve({ fetch: respond, hostname: "127.0.0.1", port: 0, overrideGlobalObjects: false }, ({ port }) =>
      resolve({ server, port }),
    );
  });
  return {
    sandbox,
    edits,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    bookings: () => sandbox.log.count({ operation: "createSession" }),
    close() {
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
    },
  };
}

const onRedis = hasRedis ? "on one Redis" : "on one Redis, skipped: there is no redis-server in PATH";
/** Tests of two servers of a clinic, for each kind of store. */
function describeServers(open: (baseUrl: string) => ClinicServers | Promise<ClinicServers>): void {
  let api: Awaited<ReturnType<typeof service>>;
  let clinic: ClinicServers;

  beforeAll(async () => {
    api = await service();
    clinic = await open(api.baseUrl);
  });
  beforeEach(() => {
    api.sandbox.log.clear();
  });
  afterAll(async () => {
    await clinic?.close();
    api?.close();
  });

  it("create one session for a booking that both receive at once, with the same response", async () => {
    const hold = api.sandbox.faults.hold({ operation: "createSession" });
    const idempotencyKey = crypto.randomUUID();
    const booking = bookingAt(0);
    const writes = [clinic.one, clinic.other].map(({ write }) => write("chen", booking, idempotencyKey));
    await hold.reached;
    hold.release();
    const [first, second] = await Promise.all(writes);
    expect(first).toMatchObject({ status: 200, json: { session_name: "Knee rehab 0" } });
    expect(second).toEqual(first);
    expect(api.bookings()).toBe(1);
  });

  it("create 30 sessions for 30 bookings that both receive at once", async () => {
    const writes = Array.from({ length: 30 }, async (_, index) => {
      const idempotencyKey = crypto.randomUUID();
      const call = bookingAt(1000 + index);
      return Promise.all([clinic.one, clinic.other].map(({ write }) => write("chen", call, idempotencyKey)));
    });
    const responses = await Promise.all(writes);
    for (const [first, second] of responses) {
      expect(first?.status).toBe(200);
      expect(second).toEqual(first);
    }
    expect(new Set(responses.map(([first]) => first?.json.session_id))).toHaveLength(30);
    expect(api.bookings()).toBe(30);
  });

  it("serialize the edits of a session", async () => {
    const { json: session } = await clinic.one.write("chen", bookingAt(2000));
    api.edits.most = 0;
    const edits = Array.from({ length: 16 }, (_, index) => {
      const body = { session_name: `Edit ${index}` };
      const { write } = index % 2 ? clinic.one : clinic.other;
      return write("chen", { method: "PUT", path: `sessions/${session.session_id}`, body });
    });
    const responses = await Promise.all(edits);
    expect(responses.map(({ status, json }) => [status, json.session_name])).toEqual(
      edits.map((_, index) => [200, `Edit ${index}`]),
    );
    expect(api.sandbox.log.count({ method: "PUT" })).toBe(16);
    expect(api.edits.most).toBe(1);
  });

  it("accept one of several edits with the same if_unchanged", async () => {
    const { json: session } = await clinic.one.write("chen", bookingAt(3000));
    const responses = await Promise.all(
      Array.from({ length: 8 }, (_, index) => {
        const body = { session_name: `Edit ${index}`, if_unchanged: { session_name: "Knee rehab 3000" } };
        const { write } = index % 2 ? clinic.one : clinic.other;
        return write("chen", { method: "PUT", path: `sessions/${session.session_id}`, body });
      }),
    );
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(responses.filter(({ status }) => status === 409)).toHaveLength(7);
    expect(api.sandbox.log.count({ method: "PUT" })).toBe(1);
  });

  it("book exactly once when one of them is killed during a booking", async () => {
    const confirmed = await Promise.all(
      Array.from({ length: 5 }, async (_, index) => {
        const call = bookingAt(4000 + index);
        const idempotencyKey = crypto.randomUUID();
        return { call, idempotencyKey, outcome: await clinic.one.write("chen", call, idempotencyKey) };
      }),
    );
    api.sandbox.log.clear();

    const hold = api.sandbox.faults.hold({ operation: "createSession" });
    const booking = bookingAt(5000);
    const idempotencyKey = crypto.randomUUID();
    const hasResponse = clinic.one.write("chen", booking, idempotencyKey).then(
      () => true,
      () => false,
    );
    await hold.reached;
    clinic.one.kill();
    expect(await hasResponse).toBe(false);
    hold.release();

    // An early repeat waits, since the first server may be alive. A minute later it is known to be dead.
    const waiting = clinic.other.write("chen", booking, idempotencyKey);
    const later = await clinic.startLater();
    const { status, json } = await later.write("chen", booking, idempotencyKey);
    expect(status).toBe(200);
    expect(json).toMatchObject({ session_name: "Knee rehab 5000", participants: [{}, {}] });
    expect(await waiting).toEqual({ status, json });
    expect(await clinic.other.write("chen", booking, idempotencyKey)).toEqual({ status, json });
    expect(api.bookings()).toBe(1);
    const path = `sessions/${json.session_id}`;
    const edited = await later.write("chen", {
      method: "PUT",
      path,
      body: { session_name: "Knee rehab 5000, moved" },
    });
    expect(edited.status).toBe(200);

    for (const { call, idempotencyKey, outcome } of confirmed) {
      expect(outcome.status).toBe(200);
      // oxlint-disable-next-line no-await-in-loop
      expect(await clinic.other.write("chen", call, idempotencyKey)).toEqual(outcome);
    }
    expect(api.bookings()).toBe(1);
  });

  it("store nothing in plain text, and nothing for more than a day", async () => {
    const idempotencyKey = crypto.randomUUID();
    const { json } = await clinic.other.write("chen", bookingAt(6000), idempotencyKey);
    const entries = await clinic.storedEntries();
    expect(entries.length).toBeGreaterThan(30);
    const { find } = createSearch([
      ...api.sandbox.canaries(),
      ...[idempotencyKey, json.session_id, "clinician-chen", "2026-01-17"].map((value) => ({ kind: "id", value })),
    ]);
    // The search finds them in a response, also in an encoded one.
    const text = JSON.stringify(json);
    expect(find(text).map(({ kind }) => kind)).toEqual(expect.arrayContaining(["entry-link", "name", "id"]));
    expect(find(btoa(text))).not.toEqual([]);
    expect(entries.filter(({ key, value }) => find(key).length + find(value).length > 0)).toEqual([]);
    // The locks are released, and everything else expires after a day.
    expect(entries.filter(({ seconds }) => seconds > day || seconds < day - 120)).toEqual([]);
  });
}

describe.skipIf(!hasRedis).each(["redis", "ioredis"] as const)(`two processes ${onRedis} (%s)`, (name) => {
  describeServers((baseUrl) => serversOnRedis(baseUrl, name));
});

describe("two servers on one memory", () => {
  describeServers(serversOnMemory);
});

/** Clients of both kinds, connected as their documentation says. */
const clients: Record<string, (port: number) => Promise<{ client: RedisClient; close: () => void }>> = {
  async redis(port) {
    const client = createClient({ socket: { host: "127.0.0.1", port } });
    client.on("error", () => {});
    await client.connect();
    return { client, close: () => client.destroy() };
  },
  async ioredis(port) {
    const client = new Redis(port, "127.0.0.1");
    client.on("error", () => {});
    return { client, close: () => client.disconnect() };
  },
};

describe.skipIf(!hasRedis).each(Object.entries(clients))(`a store ${onRedis} (%s)`, (_, connect) => {
  let redis: RedisServer;
  let connected: Awaited<ReturnType<typeof connect>>;
  let store: ProxyStore;

  beforeAll(async () => {
    redis = await redisServer();
    connected = await connect(redis.port);
    store = createRedisStore(connected.client);
  });
  afterAll(async () => {
    connected?.close();
    await redis?.close();
  });

  it("replaces a value only if it is the expected one", async () => {
    expect(await store.get("a")).toBeUndefined();
    expect(await store.swap("a", "one", "two", day)).toBe(false);
    expect(await store.swap("a", undefined, "one", day)).toBe(true);
    expect(await store.swap("a", undefined, "two", day)).toBe(false);
    expect(await store.swap("a", "one", "two", day)).toBe(true);
    expect(await store.get("a")).toBe("two");
    expect(await store.swap("a", "one", undefined, day)).toBe(false);
    expect(await store.swap("a", "two", undefined, day)).toBe(true);
    expect(await store.get("a")).toBeUndefined();
  });

  it("returns true to one of fifty concurrent swaps", async () => {
    const other = createRedisStore(connected.client, { prefix: "other:" });
    const tries = Array.from({ length: 50 }, (_, index) => store.swap("b", undefined, `${index}`, day));
    const got = await Promise.all([...tries, other.swap("b", undefined, "theirs", day)]);
    expect(got.filter(Boolean)).toHaveLength(2);
    expect(await store.get("b")).toBe(`${got.indexOf(true)}`);
    expect(await other.get("b")).toBe("theirs");
  });

  it("expires values", async () => {
    await store.swap("c", undefined, "one", 1);
    await vi.waitFor(async () => expect(await store.get("c")).toBeUndefined(), { timeout: 5000, interval: 100 });
    expect(await store.swap("c", undefined, "two", day)).toBe(true);
  });

  it("works again once its server is back", async () => {
    await redis.restart();
    await vi.waitFor(() => store.swap("d", undefined, "one", day), { timeout: 10_000, interval: 100 });
    expect(await store.get("d")).toBe("one");
  });
});

it("a store whose Redis never responds fails within its time limit", async () => {
  vi.useFakeTimers();
  const { write, writes, send } = createClinic({ store: createRedisStore({ sendCommand: never }) });
  const { status, json } = await inTime(write("chen", bookingAt(0)));
  expect([status, json.error.code]).toEqual([503, "server"]);
  expect(writes()).toBe(0);
  expect((await inTime(send("chen", "sessions"))).status).toBe(200);
  vi.useRealTimers();
});
