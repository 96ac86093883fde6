import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Fault } from "../../src/sandbox/index.ts";
import { createClinic, idle, inTime, now } from "./clinic.ts";

const booking = {
  method: "POST",
  path: "sessions",
  body: { session_name: "Knee rehab", start_time: "2026-01-13T00:00:00Z", end_time: "2026-01-13T00:30:00Z" },
};

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(now) });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The status and the code of an answer, and after how many milliseconds it came. */
async function timed(work: Promise<Response | { status: number; answer: unknown }>) {
  const began = performance.now();
  const done = await inTime(work);
  const answer = done instanceof Response ? await done.json() : done.answer;
  return {
    status: done.status,
    code: answer.error?.code,
    text: JSON.stringify(answer),
    took: performance.now() - began,
  };
}

const html = "<html><title>Sign in to the ward’s Wi-Fi, Ana Lee</title></html>";
const troubles: { name: string; fault: Fault; code: string }[] = [
  { name: "is down", fault: { status: 503, body: html }, code: "auth_unavailable" },
  { name: "can't be reached", fault: { cut: "before-commit" }, code: "auth_unavailable" },
  { name: "answers with a page of HTML", fault: { status: 200, body: html }, code: "auth_unavailable" },
  { name: "answers without a token", fault: { status: 200, body: { token: "Ana Lee" } }, code: "auth_unavailable" },
  { name: "never answers", fault: { delay: 1e9 }, code: "auth_unavailable" },
  { name: "refuses the key", fault: { status: 401, body: { error: { message: "Ana Lee" } } }, code: "auth_required" },
  { name: "says that the key is wrong", fault: { status: 400, body: html }, code: "auth_required" },
];

describe.each(troubles)("where the service's sign-in $name", ({ fault, code }) => {
  it.each(["at first", "later on"])("says so soon, and works as soon as it can (%s)", async (when) => {
    const { send, write, sandbox, wire, writes } = createClinic({ sandbox: { now: () => new Date() } });
    if (when === "later on") {
      expect((await inTime(send("desk", "sessions"))).status).toBe(200);
      await vi.advanceTimersByTimeAsync(3_590_000);
    }
    const { faults } = sandbox;
    faults.next({ operation: "token", times: 1000, ...fault });
    wire.length = 0;
    const asks = [
      () => send("desk", "sessions"),
      () => write("desk", booking),
      () => send("desk", "sessions/abc"),
      () => write("desk", { ...booking, method: "PUT", path: "sessions/abc", body: { session_name: "New" } }),
    ];
    for (const ask of asks) {
      // oxlint-disable-next-line no-await-in-loop
      const { status, code: said, text, took } = await timed(ask());
      expect([status, said]).toEqual([503, code]);
      expect(text).not.toMatch(/Ana|Wi-Fi/);
      expect(took).toBeLessThanOrEqual(10_000);
    }
    // Nothing but the sign-in was asked, and that not over and over.
    expect(new Set(wire.map(({ path }) => path))).toEqual(new Set(["auth/token"]));
    expect(wire.length).toBeLessThanOrEqual(2 * asks.length);
    faults.clear();
    await vi.advanceTimersByTimeAsync(1000);
    expect((await timed(write("desk", booking))).status).toBe(200);
    expect((await timed(send("desk", "sessions"))).status).toBe(200);
    expect(writes()).toBe(1);
  });
});

describe("where the service's sign-in is slow", () => {
  it("waits for it, all with one", async () => {
    const { send, sandbox, wire } = createClinic();
    sandbox.faults.next({ operation: "token", delay: 9000 });
    const asked = Promise.all(Array.from({ length: 20 }, () => timedLate(send("desk", "sessions?page_size=1"))));
    const answers = await inTime(asked);
    expect(answers.map(({ status }) => status)).toEqual(Array.from(answers, () => 200));
    expect(wire.filter(({ path }) => path === "auth/token")).toHaveLength(1);
  });
});

describe("where the service is down", () => {
  it.each<{ name: string; fault: Fault }>([
    { name: "unreachable", fault: { cut: "before-commit" } },
    { name: "failing", fault: { status: 503, body: html } },
    { name: "silent", fault: { delay: 1e9 } },
  ])("asks it seldom, and again as soon as it is back: $name", async ({ fault }) => {
    const { send, sandbox, wire } = createClinic({ sandbox: { now: () => new Date() } });
    expect((await inTime(send("desk", "sessions"))).status).toBe(200);
    sandbox.faults.next({ times: 1e6, ...fault });
    wire.length = 0;
    const answers: Promise<{ status: number; text: string; took: number }>[] = [];
    for (let asked = 0; asked < 300; asked += 1) {
      answers.push(timedLate(send("desk", "sessions?page_size=1")));
      // oxlint-disable-next-line no-await-in-loop
      await vi.advanceTimersByTimeAsync(100);
      // oxlint-disable-next-line no-await-in-loop
      if (asked % 10 === 0) await idle();
    }
    for (const { status, text, took } of await inTime(Promise.all(answers))) {
      expect([502, 504]).toContain(status);
      expect(text).not.toMatch(/Ana|Wi-Fi/);
      expect(took).toBeLessThanOrEqual(10_000);
    }
    // One a second, and what came before anybody knew.
    expect(wire.length).toBeLessThanOrEqual(30 + (fault.delay ? 90 : 10));
    sandbox.faults.clear();
    await vi.advanceTimersByTimeAsync(1000);
    expect((await timed(send("desk", "sessions"))).status).toBe(200);
  });

  it("sends a booking that it is asked for, since that is a person's wish", async () => {
    const { send, write, writes, sandbox } = createClinic();
    sandbox.faults.next({ times: 6, cut: "before-commit" });
    for (let asked = 0; asked < 6; asked += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await inTime(send("desk", "sessions"));
    }
    sandbox.faults.clear();
    expect((await inTime(write("desk", booking))).status).toBe(200);
    expect(writes()).toBe(1);
  });
});

/** For answers that come while the test goes on. */
async function timedLate(work: Promise<Response>) {
  const began = performance.now();
  const response = await work;
  return { status: response.status, took: performance.now() - began, text: await response.text() };
}

/** A clinic whose service takes some time, and counts who is there at once. */
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

describe("many at once", () => {
  it("are all answered, with twenty at most at the service", async () => {
    const { send, open } = busyClinic(() => 50 + Math.random() * 100);
    const asked = Array.from({ length: 500 }, () => send("desk", "sessions?page_size=1"));
    const answers = await inTime(Promise.all(asked));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(500);
    expect(open).toEqual({ now: 0, most: 20 });
  });

  it("end in time where the service never answers, and leave no place taken", async () => {
    let isSilent = true;
    const { send, open } = busyClinic(() => (isSilent ? 1e9 : 10));
    const asked = Array.from({ length: 500 }, () => timedLate(send("desk", "sessions?page_size=1")));
    const answers = await inTime(Promise.all(asked));
    expect(answers.every(({ status, took }) => [502, 504].includes(status) && took <= 10_000)).toBe(true);
    expect(open).toEqual({ now: 0, most: 20 });
    isSilent = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect((await inTime(send("desk", "sessions"))).status).toBe(200);
    const more = await inTime(Promise.all(Array.from({ length: 100 }, () => send("desk", "sessions?page_size=1"))));
    expect(more.filter(({ status }) => status === 200)).toHaveLength(100);
    expect(open).toEqual({ now: 0, most: 20 });
  });

  it("are turned away before they pile up without end", async () => {
    const { send, open } = busyClinic(() => 1e9);
    const asked = Array.from({ length: 1500 }, () => timedLate(send("desk", "sessions?page_size=1")));
    const answers = await inTime(Promise.all(asked));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
    expect(open.most).toBe(20);
  });

  it("make nothing unknown of a booking that never got its turn", async () => {
    let isSilent = true;
    const { send, write, writes } = busyClinic(() => (isSilent ? 1e9 : 10));
    for (let asked = 0; asked < 20; asked += 1) void send("desk", "sessions?page_size=1");
    await idle();
    const id = crypto.randomUUID();
    const { status, took } = await timed(write("desk", booking, id));
    expect([status, took < 6000]).toEqual([504, true]);
    isSilent = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await timed(write("desk", booking, id))).status).toBe(200);
    expect(writes()).toBe(1);
  });

  it("listen to nothing for longer than they last", async () => {
    const warnings: string[] = [];
    const listen = ({ name }: Error) => warnings.push(name);
    process.on("warning", listen);
    try {
      const { send } = busyClinic(() => 100);
      for (const count of [50, 200]) {
        const asked = Array.from({ length: count }, () => send("desk", "sessions?page_size=1"));
        // oxlint-disable-next-line no-await-in-loop
        await inTime(Promise.all(asked));
      }
      await idle();
    } finally {
      process.off("warning", listen);
    }
    expect(warnings).toEqual([]);
  });
});
