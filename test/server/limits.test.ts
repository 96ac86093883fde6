/* oxlint-disable typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-assertion, typescript/unbound-method -- apps in JavaScript may pass any type; a store has no `this` */
import { describe, expect, it, vi } from "vitest";

import { createMemoryStore, type CoviuProxyOptions, type ProxyStore } from "../../src/server/index.ts";
import {
  booking,
  type ClinicOptions,
  createClinic,
  credentials,
  idle,
  inTime,
  origin,
  type User,
  fakeClockAtNow,
  never,
} from "./clinic.ts";

const creating = { method: "POST", path: "sessions", body: booking };

fakeClockAtNow();

async function timed<Value>(work: Promise<Value>): Promise<{ value: Value; tookMs: number }> {
  const startedAt = performance.now();
  const value = await inTime(work);
  return { value, tookMs: performance.now() - startedAt };
}

async function openClinic(options: ClinicOptions = {}) {
  const clinic = createClinic({ sandbox: { seed: "none" }, ...options });
  const { json: session } = await inTime(clinic.write("chen", creating));
  clinic.wire.length = 0;
  clinic.errors.length = 0;
  const edit = (session_name: string) => ({
    method: "PUT",
    path: `sessions/${session.session_id}`,
    body: { session_name },
  });
  return { ...clinic, session, edit };
}

describe("a function of the app that never settles", () => {
  const hangs: [string, string, Partial<CoviuProxyOptions<User>>][] = [
    ["authenticate", "authenticate", { authenticate: never }],
    ["authorize", "authorize", { authorize: never }],
    ["apiSecret", "apiSecret", { apiSecret: never }],
    ["apiKey", "apiKey", { apiKey: never }],
    ["the store's get", "store", { store: { ...createMemoryStore(), get: never } }],
    ["the store's swap", "store", { store: { ...createMemoryStore(), swap: never } }],
  ];

  it.each(hangs)("is abandoned after 10 s, with 503 and onError: %s", async (_, source, options) => {
    const clinic = await openClinic();
    const { write, server } = clinic;
    const stuck = server(options);
    const { value, tookMs } = await timed(stuck.write("chen", clinic.edit("Late")));
    expect([value.status, clinic.writes()]).toEqual([503, 0]);
    expect(tookMs).toBeLessThanOrEqual(12_100);
    expect(clinic.errors[0]).toMatchObject({ event: { source }, error: { message: expect.stringContaining("10 s") } });
    // No lock remains.
    const after = await timed(write("chen", clinic.edit("After")));
    expect([after.value.status, after.tookMs < 1000]).toEqual([200, true]);
  });

  it.each<[string, Partial<CoviuProxyOptions<User>>]>([
    ["authenticate", { authenticate: never }],
    ["authorize", { authorize: never }],
    ["filter", { filter: never }],
    ["narrow", { narrow: never }],
    ["apiSecret", { apiSecret: never }],
  ])("is abandoned for a list as well: %s", async (_, options) => {
    const { send, errors } = createClinic(options);
    const { value, tookMs } = await timed(send("chen", "sessions"));
    expect(value.status).toBe(503);
    expect(tookMs).toBeLessThanOrEqual(10_000);
    expect(errors).toHaveLength(1);
  });

  it("does not block later writes: apiSecret", async () => {
    let calls = 0;
    const apiSecret = () => ((calls += 1) === 1 ? never() : credentials.apiSecret);
    const { write } = createClinic({ apiSecret });
    const first = write("chen", creating);
    await idle();
    const second = await timed(write("chen", creating));
    expect([second.value.status, second.tookMs < 1000]).toEqual([200, true]);
    expect((await inTime(first)).status).toBe(503);
  });
});

describe("a request", () => {
  it("ends within 35 s if every step is slow, a read within 25 s", async () => {
    const later = <Value>(value: Value, timeMs = 9000) =>
      new Promise<Value>((resolve) => {
        setTimeout(() => resolve(value), timeMs);
      });
    const { sandbox, server, edit } = await openClinic();
    const slow = server({
      authorize: () => later(true),
      filter: () => later(true),
      narrow: (_, params) => later(params),
      async fetch(input, init) {
        await later(undefined, 7000);
        return sandbox.fetch(input, init);
      },
    });
    const write = await timed(slow.write("desk", edit("Slow")));
    expect(write.value.status).toBe(503);
    expect(write.tookMs).toBeLessThanOrEqual(35_000);
    const read = await timed(slow.send("desk", "sessions"));
    expect(read.value.status).toBe(503);
    expect(read.tookMs).toBeLessThanOrEqual(25_000);
  });

  it("ends within 35 s if its response is lost and the checks hang", async () => {
    const { sandbox, writes, write, edit } = await openClinic();
    sandbox.faults.next({ method: "PUT", delayMs: 1e9 });
    const work = write("desk", edit("Lost"));
    await idle();
    while (writes() === 0) {
      // oxlint-disable-next-line no-await-in-loop
      await vi.advanceTimersToNextTimerAsync();
      // oxlint-disable-next-line no-await-in-loop
      await idle();
    }
    sandbox.faults.next({ method: "GET", delayMs: 1e9, times: 50 });
    const { value, tookMs } = await timed(work);
    expect(value.status).toBe(504);
    expect(tookMs).toBeLessThanOrEqual(35_000);
  });
});

describe("a store whose swap always returns false", () => {
  it("is called a limited number of times, with pauses", async () => {
    let calls = 0;
    const memory = createMemoryStore();
    const store: ProxyStore = {
      get: memory.get,
      async swap() {
        calls += 1;
        return false;
      },
    };
    const { write, writes, send, sandbox } = createClinic({ store, entryUrls: "on-demand", sandbox: { seed: 3 } });
    const { value, tookMs } = await timed(write("desk", creating));
    expect([value.status, writes()]).toEqual([503, 0]);
    expect([calls <= 40, tookMs <= 35_000]).toEqual([true, true]);
    calls = 0;
    const { content } = await inTime(send("desk", "sessions")).then((response) => response.json());
    const guest = content[0].participants[0].participant_id;
    const revealed = await timed(send("desk", `participants/${guest}/entry-url`, { method: "POST" }));
    expect([revealed.value.status, calls <= 40, revealed.tookMs <= 20_000]).toEqual([503, true, true]);
    expect(sandbox.log.count({ method: "POST" })).toBe(0);
  });
});

describe("a lock or claim of a dead server", () => {
  it("is free after 15 s", async () => {
    const clinic = await openClinic();
    let isDead = false;
    const dying = clinic.server({
      store: {
        get: (...args) => (isDead ? never() : clinic.store.get(...args)),
        swap: (...args) => (isDead ? never() : clinic.store.swap(...args)),
      },
      fetch(input, init) {
        const { method, url } = new Request(input, init);
        if (method === "PUT" && !url.endsWith("token")) isDead = true;
        return isDead ? never() : clinic.sandbox.fetch(input, init);
      },
    });
    const work = dying.write("chen", clinic.edit("Dying"));
    await idle();
    const isAlive = () => !isDead;
    while (isAlive()) {
      // oxlint-disable-next-line no-await-in-loop
      await vi.advanceTimersToNextTimerAsync();
      // oxlint-disable-next-line no-await-in-loop
      await idle();
    }
    const { value, tookMs } = await timed(clinic.write("chen", clinic.edit("Next")));
    expect(value.status).toBe(200);
    expect(tookMs).toBeLessThanOrEqual(16_000);
    await inTime(work);
  });

  it("is extended as long as its server works", async () => {
    const clinic = await openClinic();
    let slow = 0;
    const busy = clinic.server({
      async authorize(_, operation) {
        if (operation !== "updateSession") return true;
        slow += 1;
        await new Promise((resolve) => {
          setTimeout(resolve, 9000);
        });
        slow -= 1;
        return true;
      },
      async fetch(input, init) {
        const { method } = new Request(input, init);
        if (method === "PUT") {
          await new Promise((resolve) => {
            setTimeout(resolve, 7500);
          });
        }
        return clinic.sandbox.fetch(input, init);
      },
    });
    const operation = crypto.randomUUID();
    const first = busy.write("chen", clinic.edit("First"), operation);
    await idle();
    await vi.advanceTimersByTimeAsync(100);
    expect(slow).toBe(1);
    const others = [
      clinic.server().write("chen", clinic.edit("First"), operation),
      clinic.write("desk", clinic.edit("Second")),
    ];
    const [one, repeat, second] = await inTime(Promise.all([first, ...others]));
    expect([one?.status, repeat?.status, second?.status]).toEqual([200, 200, 200]);
    expect(repeat?.json).toEqual(one?.json);
    expect(clinic.writes()).toBe(2);
    // It was sent after the first one, which had taken 16 s.
    expect(second?.json.session_name).toBe("Second");
  });

  it("is free after 15 s if its swap was done late", async () => {
    const clinic = await openClinic();
    let isStalled = true;
    const stalling = clinic.server({
      store: {
        get: clinic.store.get,
        async swap(...args) {
          const isSwapped = await clinic.store.swap(...args);
          // Redis has done the swap, and its response is lost.
          return isStalled ? never() : isSwapped;
        },
      },
    });
    expect((await inTime(stalling.write("chen", clinic.edit("A")))).status).toBe(503);
    isStalled = false;
    const { value, tookMs } = await timed(clinic.write("chen", clinic.edit("B")));
    expect([value.status, tookMs <= 16_000]).toEqual([200, true]);
  });
});

describe("a list", () => {
  it("reads at most 20 pages of the service, and stops when the browser disconnects", async () => {
    const clinic = createClinic({ sandbox: { seed: 6000 } });
    const disconnect = new AbortController();
    const reads = () => clinic.wire.filter(({ method }) => method === "GET").length;
    const { send, proxy } = clinic.server({ narrow: undefined, filter: () => false });
    const page = await inTime(send("chen", "sessions")).then((response) => response.json());
    expect([page, reads()]).toEqual([{ content: [], more: true, page: 0, page_size: 0 }, 20]);

    clinic.wire.length = 0;
    let calls = 0;
    const disconnecting = clinic.server({
      narrow: undefined,
      filter() {
        calls += 1;
        if (calls === 300) disconnect.abort();
        return false;
      },
    });
    const headers = { "coviu-kit": "1", "sec-fetch-site": "same-origin", cookie: "user=chen" };
    await inTime(
      disconnecting.proxy(new Request(`${origin}/api/coviu/sessions`, { headers, signal: disconnect.signal })),
    );
    expect([reads(), calls]).toEqual([2, 300]);
    expect(typeof proxy).toBe("function");
  });
});
