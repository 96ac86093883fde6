import { once } from "node:events";
import { createServer } from "node:http";

import { describe, expect, it, vi } from "vitest";

import type { Fault } from "../../src/sandbox/index.ts";
import { createClinic, idle, inTime, now, fakeClockAtNow } from "./clinic.ts";

const booking = {
  method: "POST",
  path: "sessions",
  body: { session_name: "Knee rehab", start_time: "2026-01-13T00:00:00Z", end_time: "2026-01-13T00:30:00Z" },
};

fakeClockAtNow();

/** Waits for a response, and returns its status, code, text and the time it tookMs in ms. */
async function timed(work: Promise<Response | { status: number; json: unknown }>) {
  const startedAt = performance.now();
  const done = await inTime(work);
  const json = done instanceof Response ? await done.json() : done.json;
  return {
    status: done.status,
    code: json.error?.code,
    text: JSON.stringify(json),
    tookMs: performance.now() - startedAt,
  };
}

const html = "<html><title>Sign in to the ward’s Wi-Fi, Ana Lee</title></html>";
const failures: { name: string; fault: Fault; code: string }[] = [
  { name: "is down", fault: { status: 503, body: html }, code: "auth_unavailable" },
  { name: "can't be reached", fault: { cut: "before-commit" }, code: "auth_unavailable" },
  { name: "responds with an HTML page", fault: { status: 200, body: html }, code: "auth_unavailable" },
  { name: "responds without a token", fault: { status: 200, body: { token: "Ana Lee" } }, code: "auth_unavailable" },
  { name: "never responds", fault: { delayMs: 1e9 }, code: "auth_unavailable" },
  { name: "refuses the key", fault: { status: 401, body: { error: { message: "Ana Lee" } } }, code: "auth_required" },
  { name: "responds with 400", fault: { status: 400, body: html }, code: "auth_required" },
];

describe.each(failures)("if the service's sign-in $name", ({ fault, code }) => {
  it.each(["at first", "later on"])(
    "requests fail within 10 s, and succeed as soon as it works again (%s)",
    async (when) => {
      const { send, write, sandbox, wire, writes } = createClinic({ sandbox: { now: () => new Date() } });
      if (when === "later on") {
        expect((await inTime(send("desk", "sessions"))).status).toBe(200);
        await vi.advanceTimersByTimeAsync(3_590_000);
      }
      const { faults } = sandbox;
      faults.next({ operation: "token", times: 1000, ...fault });
      wire.length = 0;
      const requests = [
        () => send("desk", "sessions"),
        () => write("desk", booking),
        () => send("desk", "sessions/abc"),
        () => write("desk", { ...booking, method: "PUT", path: "sessions/abc", body: { session_name: "New" } }),
      ];
      for (const request of requests) {
        // oxlint-disable-next-line no-await-in-loop
        const { status, code: actualCode, text, tookMs } = await timed(request());
        expect([status, actualCode]).toEqual([503, code]);
        expect(text).not.toMatch(/Ana|Wi-Fi/);
        expect(tookMs).toBeLessThanOrEqual(10_000);
      }
      // Only the sign-in was requested, and at most twice per request.
      expect(new Set(wire.map(({ path }) => path))).toEqual(new Set(["auth/token"]));
      expect(wire.length).toBeLessThanOrEqual(2 * requests.length);
      faults.clear();
      await vi.advanceTimersByTimeAsync(1000);
      expect((await timed(write("desk", booking))).status).toBe(200);
      expect((await timed(send("desk", "sessions"))).status).toBe(200);
      expect(writes()).toBe(1);
    },
  );
});

describe("if the service's sign-in is slow", () => {
  it("all requests wait for one exchange", async () => {
    const { send, sandbox, wire } = createClinic();
    sandbox.faults.next({ operation: "token", delayMs: 9000 });
    const pending = Promise.all(Array.from({ length: 20 }, () => timedLate(send("desk", "sessions?page_size=1"))));
    const responses = await inTime(pending);
    expect(responses.map(({ status }) => status)).toEqual(Array.from(responses, () => 200));
    expect(wire.filter(({ path }) => path === "auth/token")).toHaveLength(1);
  });
});

describe("if the service is down", () => {
  it.each<{ name: string; fault: Fault }>([
    { name: "unreachable", fault: { cut: "before-commit" } },
    { name: "failing", fault: { status: 503, body: html } },
    { name: "silent", fault: { delayMs: 1e9 } },
  ])("reads are limited to one a second, and succeed as soon as it is back: $name", async ({ fault }) => {
    const { send, sandbox, wire } = createClinic({ sandbox: { now: () => new Date() } });
    expect((await inTime(send("desk", "sessions"))).status).toBe(200);
    sandbox.faults.next({ times: 1e6, ...fault });
    wire.length = 0;
    const responses: Promise<{ status: number; text: string; tookMs: number }>[] = [];
    for (let index = 0; index < 300; index += 1) {
      responses.push(timedLate(send("desk", "sessions?page_size=1")));
      // oxlint-disable-next-line no-await-in-loop
      await vi.advanceTimersByTimeAsync(100);
      // oxlint-disable-next-line no-await-in-loop
      if (index % 10 === 0) await idle();
    }
    for (const { status, text, tookMs } of await inTime(Promise.all(responses))) {
      expect([502, 504]).toContain(status);
      expect(text).not.toMatch(/Ana|Wi-Fi/);
      expect(tookMs).toBeLessThanOrEqual(10_000);
    }
    // One a second, and those that were sent before the circuit opened.
    expect(wire.length).toBeLessThanOrEqual(30 + (fault.delayMs ? 90 : 10));
    sandbox.faults.clear();
    await vi.advanceTimersByTimeAsync(1000);
    expect((await timed(send("desk", "sessions"))).status).toBe(200);
  });

  it("writes are sent", async () => {
    const { send, write, writes, sandbox } = createClinic();
    sandbox.faults.next({ times: 6, cut: "before-commit" });
    for (let index = 0; index < 6; index += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await inTime(send("desk", "sessions"));
    }
    sandbox.faults.clear();
    expect((await inTime(write("desk", booking))).status).toBe(200);
    expect(writes()).toBe(1);
  });
});

describe("failing reads of one user", () => {
  it("stop further reads of that user only", async () => {
    const clinic = createClinic({ sandbox: { now: () => new Date() } });
    const { wire } = clinic;
    const { send } = clinic.server({
      async fetch(input, init) {
        const { url } = new Request(input, init);
        return url.includes("broken") ? new Response("no", { status: 500 }) : clinic.sandbox.fetch(input, init);
      },
    });
    expect((await inTime(send("desk", "sessions?page_size=1"))).status).toBe(200);
    for (let index = 0; index < 50; index += 1) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await inTime(send("okafor", "sessions/broken"))).status).toBe(502);
    }
    expect(wire.filter(({ path }) => path === "sessions/broken").length).toBeLessThanOrEqual(6);
    expect((await inTime(send("chen", "sessions?page_size=1"))).status).toBe(200);
    expect((await inTime(send("desk", "sessions?page_size=1"))).status).toBe(200);
    await vi.advanceTimersByTimeAsync(1000);
    expect((await inTime(send("okafor", "sessions?page_size=1"))).status).toBe(200);
  });
});

describe("error texts of the service", () => {
  const explanation = "Session of Ana Lee is in team 7";
  it.each([
    [400, 400, true],
    [422, 400, true],
    [402, 400, false],
    // The service never sends these for a list.
    [405, 502, false],
    [409, 409, false],
    [418, 400, false],
    [421, 400, false],
    [403, 403, false],
    [404, 502, false],
    [429, 429, false],
    [500, 502, false],
  ])(
    "with status %i reach the browser (as %i) only if they are about its input: %s",
    async (status, shown, isPassedOn) => {
      const { write, send, sandbox } = createClinic({ sandbox: { now: () => new Date() } });
      const body = { error: { message: explanation } };
      sandbox.faults.next({ operation: "createSession", status, body });
      const refused = await inTime(write("desk", booking));
      expect([refused.status, JSON.stringify(refused.json).includes(explanation)]).toEqual([shown, isPassedOn]);
      sandbox.faults.next({ operation: "getSessionPage", status, body });
      expect(await inTime(send("desk", "sessions")).then((response) => response.text())).not.toContain(explanation);
    },
  );
});

it("no write is sent a second time after a 421", async () => {
  vi.useRealTimers();
  const received: string[] = [];
  const service = createServer((request, response) => {
    request.resume().on("end", () => {
      const { "content-length": length = "", "transfer-encoding": encoding = "" } = request.headers;
      received.push(`${request.method} ${length}${encoding}`);
      const isToken = request.url?.endsWith("/auth/token");
      response.writeHead(isToken ? 200 : 421, { "content-type": "application/json" });
      response.end(isToken ? JSON.stringify({ access_token: "token", expires_in: 3600 }) : "{}");
    });
  }).listen(0, "127.0.0.1");
  await once(service, "listening");
  const address = service.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init);
  const session = { session_id: "abc", session_name: "A", start_time: now, end_time: "2026-02-01T00:00:00Z" };
  for (const call of [booking, { method: "DELETE", path: "sessions/abc" }]) {
    const { write } = createClinic({
      baseUrl: `http://127.0.0.1:${port}/v1`,
      // Responds to the reads before a write.
      fetch: (input, init) => {
        const { method, url } = new Request(input, { ...init, body: null });
        if (method !== "GET") return fetch(input, init);
        const isList = new URL(url).pathname.endsWith("/sessions");
        return Promise.resolve(Response.json(isList ? { content: [], more: false } : session));
      },
    });
    // oxlint-disable-next-line no-await-in-loop
    expect((await write("desk", call)).status).toBe(400);
  }
  service.close();
  service.closeAllConnections();
  expect(received.filter((line) => line.startsWith("DELETE"))).toEqual(["DELETE "]);
  expect(received.filter((line) => line.startsWith("POST") && Number(line.slice(5)) > 50)).toHaveLength(1);
});

/** Measures a response that arrives while the test goes on. */
async function timedLate(work: Promise<Response>) {
  const startedAt = performance.now();
  const response = await work;
  return { status: response.status, tookMs: performance.now() - startedAt, text: await response.text() };
}

/** Creates a clinic with a slow service that counts concurrent requests. */
function busyClinic(time: () => number) {
  const open = { now: 0, most: 0 };
  const clinic = createClinic({ sandbox: { seed: 3 } });
  const server = clinic.server({
    async fetch(input, init) {
      const request = new Request(input, init);
      if (request.url.endsWith("token")) return clinic.sandbox.fetch(request);
      open.now += 1;
      open.most = Math.max(open.most, open.now);
      try {
        const { signal } = request;
        await new Promise((resolve, reject) => {
          setTimeout(resolve, time());
          signal.addEventListener("abort", () => reject(signal.reason));
        });
        return await clinic.sandbox.fetch(request);
      } finally {
        open.now -= 1;
      }
    },
  });
  return { ...clinic, ...server, open };
}

describe("many concurrent requests", () => {
  it("all get a response, with at most 20 at the service at the same time", async () => {
    const { send, open } = busyClinic(() => 50 + Math.random() * 100);
    const pending = Array.from({ length: 150 }, () => send("desk", "sessions?page_size=1"));
    const responses = await inTime(Promise.all(pending));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(150);
    expect(open).toEqual({ now: 0, most: 20 });
  });

  it("fail in time if the service never responds, and release their permits", async () => {
    let isSilent = true;
    const { send, open } = busyClinic(() => (isSilent ? 1e9 : 10));
    const pending = Array.from({ length: 150 }, () => timedLate(send("desk", "sessions?page_size=1")));
    const responses = await inTime(Promise.all(pending));
    expect(responses.every(({ status, tookMs }) => [502, 504].includes(status) && tookMs <= 10_000)).toBe(true);
    expect(open).toEqual({ now: 0, most: 20 });
    isSilent = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect((await inTime(send("desk", "sessions"))).status).toBe(200);
    const more = await inTime(Promise.all(Array.from({ length: 50 }, () => send("desk", "sessions?page_size=1"))));
    expect(more.filter(({ status }) => status === 200)).toHaveLength(50);
    expect(open).toEqual({ now: 0, most: 20 });
  });

  it("are refused with 429 if too many wait", async () => {
    const { send, open } = busyClinic(() => 1e9);
    const statuses: number[] = [];
    for (let count = 0; count < 1100; count += 1)
      void send("desk", "sessions?page_size=1").then(({ status }) => statuses.push(status));
    await idle();
    expect(new Set(statuses)).toEqual(new Set([429]));
    expect(open.most).toBe(20);
  });

  it("count until their bodies are read", async () => {
    const clinic = createClinic({ sandbox: { seed: 3 } });
    let open = 0;
    let most = 0;
    const { send } = clinic.server({
      concurrency: 3,
      async fetch(input, init) {
        const response = await clinic.sandbox.fetch(input, init);
        const text = await response.text();
        if (text.includes("access_token")) return new Response(text, response);
        open += 1;
        most = Math.max(most, open);
        const body = new ReadableStream({
          async start(controller) {
            await new Promise((resolve) => {
              setTimeout(resolve, 500);
            });
            open -= 1;
            controller.enqueue(new TextEncoder().encode(text));
            controller.close();
          },
        });
        return new Response(body, response);
      },
    });
    const responses = await inTime(Promise.all(Array.from({ length: 20 }, () => send("desk", "sessions?page_size=1"))));
    expect(responses.map(({ status }) => status)).toEqual(Array.from(responses, () => 200));
    expect(most).toBe(3);
  });

  it("refuse a booking that was not sent, with a known outcome", async () => {
    let isSilent = true;
    const { send, write, writes } = busyClinic(() => (isSilent ? 1e9 : 10));
    for (let index = 0; index < 20; index += 1) void send("desk", "sessions?page_size=1");
    await idle();
    const id = crypto.randomUUID();
    const { status, tookMs } = await timed(write("desk", booking, id));
    expect([status, tookMs < 6000]).toEqual([504, true]);
    isSilent = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await timed(write("desk", booking, id))).status).toBe(200);
    expect(writes()).toBe(1);
  });

  it("leave no listeners", async () => {
    const warnings: string[] = [];
    const recordWarning = ({ name }: Error) => warnings.push(name);
    process.on("warning", recordWarning);
    try {
      const { send } = busyClinic(() => 100);
      for (const count of [50, 200]) {
        const pending = Array.from({ length: count }, () => send("desk", "sessions?page_size=1"));
        // oxlint-disable-next-line no-await-in-loop
        await inTime(Promise.all(pending));
      }
      await idle();
    } finally {
      process.off("warning", recordWarning);
    }
    expect(warnings).toEqual([]);
  });
});
