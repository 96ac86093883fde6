import { describe, expect, it, vi } from "vitest";

import type { ProxyStore } from "../../src/server/index.ts";
import {
  type Call,
  type ClinicOptions,
  createClinic,
  idle,
  inTime,
  fakeClockAtNow,
  never,
  idempotencyKey as id,
} from "./clinic.ts";

const times = { start_time: "2026-01-13T00:00:00.000Z", end_time: "2026-01-13T00:30:00.000Z" };
const booking = {
  method: "POST",
  path: "sessions",
  body: {
    session_name: "Knee rehab",
    ...times,
    participants: [
      { display_name: "Mei-Ling Chen", role: "HOST", state: "clinician-chen" },
      { display_name: "Ana Lee", role: "GUEST" },
    ],
  },
} satisfies Call;

fakeClockAtNow();

/** Creates a clinic with one session, booked by Chen. */
async function openClinic(options: ClinicOptions = {}) {
  const clinic = createClinic({ sandbox: { seed: "none" }, ...options });
  const { json: session } = await inTime(clinic.write("chen", booking));
  const [host, guest] = session.participants;
  clinic.wire.length = 0;
  clinic.sandbox.log.clear();
  clinic.events.length = 0;
  return { ...clinic, session, host, guest };
}

type Clinic = Awaited<ReturnType<typeof openClinic>>;

const later = { ...booking.body, start_time: "2026-01-13T01:00:00.000Z", end_time: "2026-01-13T01:30:00.000Z" };
const kinds: { name: string; call: (clinic: Clinic) => Call }[] = [
  { name: "createSession", call: () => ({ ...booking, body: later }) },
  {
    name: "updateSession",
    call: ({ session }) => ({ method: "PUT", path: `sessions/${session.session_id}`, body: { session_name: "New" } }),
  },
  { name: "deleteSession", call: ({ session }) => ({ method: "DELETE", path: `sessions/${session.session_id}` }) },
  {
    name: "addSessionParticipant",
    call: ({ session }) => ({
      method: "POST",
      path: `sessions/${session.session_id}/participants`,
      body: { display_name: "Kwame Mensah" },
    }),
  },
  {
    name: "updateSessionParticipant",
    call: ({ guest }) => ({
      method: "PUT",
      path: `participants/${guest.participant_id}`,
      body: { display_name: "New" },
    }),
  },
  {
    name: "deleteSessionParticipant",
    call: ({ guest }) => ({ method: "DELETE", path: `participants/${guest.participant_id}` }),
  },
];

describe.each(kinds)("the idempotency key of $name", ({ call: callOf }) => {
  it("returns the first response to a repeat and sends nothing", async () => {
    const clinic = await openClinic();
    const call = callOf(clinic);
    const one = await inTime(clinic.write("chen", call, id));
    const other = await inTime(clinic.write("chen", call, id));
    expect(one.status).toBe(200);
    expect([other.status, other.json]).toEqual([200, one.json]);
    expect(clinic.writes()).toBe(1);
    expect(clinic.events.map(({ outcome }) => outcome)).toEqual(["done", "repeated"]);
  });

  it("sends concurrent repeats on several servers once", async () => {
    const clinic = await openClinic();
    const call = callOf(clinic);
    const servers = [clinic, clinic.server(), clinic.server()];
    const hold = clinic.sandbox.faults.hold({ method: call.method });
    const pending = Promise.all([...servers, ...servers].map(({ write }) => write("chen", call, id)));
    await hold.reached;
    await vi.advanceTimersByTimeAsync(3000);
    hold.release();
    const responses = await inTime(pending);
    expect(new Set(responses.map(({ status, json }) => JSON.stringify([status, json])))).toHaveLength(1);
    expect(responses[0]?.status).toBe(200);
    expect(clinic.writes()).toBe(1);
  });

  it("refuses another request under the same key with 422", async () => {
    const clinic = await openClinic();
    await inTime(clinic.write("chen", callOf(clinic), id));
    const { session, guest } = clinic;
    const others: Call[] = [
      { ...booking, body: { ...later, session_name: "Other" } },
      { method: "PUT", path: `sessions/${session.session_id}`, body: { session_name: "Other" } },
      { method: "PUT", path: `participants/${guest.participant_id}`, body: { display_name: "Other" } },
    ];
    for (const other of others) {
      // oxlint-disable-next-line no-await-in-loop
      const { status, json } = await inTime(clinic.write("chen", other, id));
      expect([status, json.error.code]).toEqual([422, "invalid_request"]);
    }
    expect(clinic.writes()).toBe(1);
  });

  it("confirms a write whose response was lost", async () => {
    const clinic = await openClinic();
    const call = callOf(clinic);
    clinic.sandbox.faults.next({ method: call.method, cut: "after-commit" });
    const one = await inTime(clinic.write("chen", call, id));
    const other = await inTime(clinic.write("chen", call, id));
    expect([one.status, other.status, other.json]).toEqual([200, 200, one.json]);
    expect(clinic.writes()).toBe(1);
  });

  it("reports an unknown outcome if the write is not confirmed, and never sends it again", async () => {
    const clinic = await openClinic();
    const call = callOf(clinic);
    clinic.sandbox.faults.next({ method: call.method, cut: "before-commit" });
    const one = await inTime(clinic.write("chen", call, id));
    expect([502, 504]).toContain(one.status);
    for (const { write } of [clinic, clinic.server(), clinic]) {
      // oxlint-disable-next-line no-await-in-loop
      const { status, json } = await inTime(write("chen", call, id));
      expect([status, json.error.code]).toEqual([504, "timeout"]);
    }
    expect(clinic.writes()).toBe(1);
    // The same request under a new key is sent.
    expect((await inTime(clinic.write("chen", call))).status).toBe(200);
  });

  it("confirms a write after which the service responded with 503", async () => {
    const clinic = await openClinic();
    const { write } = clinic.server({
      async fetch(input, init) {
        const request = new Request(input, init);
        const response = await clinic.sandbox.fetch(request);
        if (request.method === "GET" || request.url.endsWith("token")) return response;
        return Response.json({ error: { message: "Ana Lee" } }, { status: 503 });
      },
    });
    expect((await inTime(write("chen", callOf(clinic), id))).status).toBe(200);
    expect(clinic.writes()).toBe(1);
  });

  it("stores a final refusal with the service's explanation", async () => {
    const clinic = await openClinic();
    const call = callOf(clinic);
    clinic.sandbox.faults.next({
      method: call.method,
      status: 400,
      body: { error: { message: "The session has ended." } },
    });
    for (const { write } of [clinic, clinic.server()]) {
      // oxlint-disable-next-line no-await-in-loop
      const { status, json } = await inTime(write("chen", call, id));
      expect([status, json.error]).toMatchObject([400, { code: "invalid_request", message: "The session has ended." }]);
    }
    expect(clinic.writes()).toBe(1);
  });

  it("does not store a temporary refusal", async () => {
    const clinic = await openClinic();
    const call = callOf(clinic);
    const { faults } = clinic.sandbox;
    faults.next({ method: call.method, status: 429, headers: { "retry-after": "3" } });
    const soon = await inTime(clinic.write("chen", call, id));
    expect([soon.status, soon.headers.get("retry-after")]).toEqual([429, "3"]);

    // The clinic's key is revoked for a while.
    faults.expireTokens();
    faults.next({ operation: "token", status: 401, times: 2 });
    expect((await inTime(clinic.write("chen", call, id))).status).toBe(503);
    faults.clear();
    await vi.advanceTimersByTimeAsync(1000);
    faults.next({ status: 401, times: 10 });
    expect((await inTime(clinic.write("chen", call, id))).status).toBe(503);
    faults.clear();
    await vi.advanceTimersByTimeAsync(1000);

    const before = clinic.writes();
    expect((await inTime(clinic.write("chen", call, id))).status).toBe(200);
    expect(clinic.writes()).toBe(before + 1);
  });

  it("sends the write at most once if its server dies, and confirms it later", async () => {
    for (const moment of ["claimed", "sending", "sent"] as const) {
      const clinic = await openClinic();
      const call = callOf(clinic);
      const dying = dyingServer(clinic, call.method, moment);
      void dying.write("chen", call, id);
      await idle();
      await vi.advanceTimersByTimeAsync(1000);
      // A write that was not sent is sent by the next repeat.
      const isDone = moment !== "sending";

      // A repeat waits while the first server may be alive, and then confirms the write itself.
      const early = await inTime(clinic.write("chen", call, id));
      expect([moment, early.status]).toEqual([moment, isDone ? 200 : 504]);
      await vi.advanceTimersByTimeAsync(61_000);
      const late = await inTime(clinic.write("chen", call, id));
      expect([moment, late.status]).toEqual([moment, isDone ? 200 : 504]);
      const again = await inTime(clinic.write("chen", call, id));
      expect([moment, again.status, isDone ? again.json : {}]).toEqual([moment, late.status, isDone ? late.json : {}]);
      expect([moment, clinic.writes()]).toEqual([moment, 1]);

      // The lock of the dead server has expired.
      await vi.advanceTimersByTimeAsync(120_000);
      const next = await inTime(clinic.write("chen", call));
      expect(next.status).toBe(isDone && call.method === "DELETE" ? 404 : 200);
    }
  });

  it("sends nothing while the store is down, and never sends a write twice because of that", async () => {
    let fails: string[] = [];
    const inner = createClinic().store;
    const store: ProxyStore = {
      get: (...args) => (fails.includes("get") ? Promise.reject(new Error("store")) : inner.get(...args)),
      swap: (...args) => (fails.includes("swap") ? Promise.reject(new Error("store")) : inner.swap(...args)),
    };
    const clinic = await openClinic({ store });
    const call = callOf(clinic);
    for (fails of [["get"], ["swap"], ["get", "swap"]]) {
      // oxlint-disable-next-line no-await-in-loop
      const { status } = await inTime(clinic.write("chen", call, id));
      expect(status).toBe(503);
    }
    expect(clinic.writes()).toBe(0);
    expect((await inTime(clinic.send("chen", "sessions"))).status).toBe(200);

    // The store fails while the service processes the write.
    fails = [];
    const hold = clinic.sandbox.faults.hold({ method: call.method });
    const pending = clinic.write("chen", call, id);
    await hold.reached;
    fails = ["get", "swap"];
    hold.release();
    expect((await inTime(pending)).status).toBe(200);
    fails = [];
    await vi.advanceTimersByTimeAsync(61_000);
    expect((await inTime(clinic.write("chen", call, id))).status).toBe(200);
    expect(clinic.writes()).toBe(1);
  });
});

/** Creates a server that dies at a moment of a write: none of its promises settles any more. */
function dyingServer({ server, store, sandbox }: Clinic, method: string, moment: "claimed" | "sending" | "sent") {
  let isDead = false;
  return server({
    store: {
      get: (...args) => (isDead ? never() : store.get(...args)),
      async swap(...args) {
        if (isDead) return never();
        const isSwapped = await store.swap(...args);
        if (moment === "claimed") isDead = true;
        return isDead ? never() : isSwapped;
      },
    },
    async fetch(input, init) {
      const request = new Request(input, init);
      if (request.method === method && !request.url.endsWith("token")) {
        isDead = true;
        if (moment === "sent") await sandbox.fetch(request);
      }
      return isDead ? never() : sandbox.fetch(request);
    },
  });
}

describe("an idempotency key", () => {
  it("is separate for each user", async () => {
    const { write, writes } = createClinic({ sandbox: { seed: "none" } });
    const one = await inTime(write("chen", booking, id));
    const other = await inTime(write("desk", booking, id));
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(other.json.session_id).not.toBe(one.json.session_id);
    expect(writes()).toBe(2);
  });

  it("is separate for each clinic", async () => {
    const { write, writes, server } = createClinic({ sandbox: { seed: "none" } });
    const authenticate = () => ({ id: "clinician-chen", role: "clinician" as const, tenant: "north" });
    await inTime(write("chen", booking, id));
    await inTime(server({ authenticate }).write("chen", booking, id));
    expect(writes()).toBe(2);
  });

  it("is the same with and without the quotes of a structured field", async () => {
    const { write, writes } = createClinic();
    const key = crypto.randomUUID();
    const quoted = await write("chen", booking, `"${key}"`);
    const bare = await write("chen", booking, key);
    expect([quoted.status, bare.status]).toEqual([200, 200]);
    expect(bare.json).toEqual(quoted.json);
    expect(writes()).toBe(1);
  });

  it.each([
    undefined,
    "",
    "short",
    "x".repeat(101),
    "with spaces, but long",
    '"no-closing-quote-0123',
    '"two-strings-0123456", "two-strings-0123457"',
  ])("is refused with 400 if it is missing or malformed: %s", async (key) => {
    const { send, wire } = createClinic();
    const headers = { "idempotency-key": key ?? "" };
    const { status } = await send("desk", "sessions", { method: "POST", body: JSON.stringify(booking.body), headers });
    expect(status).toBe(400);
    expect(wire).toEqual([]);
  });

  it("does not confirm a booking by an equal session of another user", async () => {
    const { write, sandbox } = createClinic({ sandbox: { seed: "none" } });
    const theirs = { ...booking.body, participants: [{ display_name: "Dr", role: "HOST", state: "clinician-okafor" }] };
    const { json } = await inTime(write("okafor", { ...booking, body: theirs }));
    // The proxy stores for a day which write created a session.
    await vi.advanceTimersByTimeAsync(25 * 3_600_000);
    sandbox.faults.next({ method: "POST", cut: "before-commit" });
    const mine = { ...theirs, participants: [{ display_name: "Dr", role: "HOST", state: "clinician-chen" }] };
    const lost = await inTime(write("chen", { ...booking, body: mine }));
    expect([502, 504]).toContain(lost.status);
    expect(JSON.stringify(lost.json)).not.toContain(json.session_id);
  });

  it("shows users only what they may see after a server has died", async () => {
    const clinic = await openClinic();
    const calls: Call[] = [
      { method: "PUT", path: `sessions/${clinic.session.session_id}`, body: {} },
      { method: "PUT", path: `participants/${clinic.guest.participant_id}`, body: {} },
      { method: "POST", path: `sessions/${clinic.session.session_id}/participants`, body: {} },
    ];
    for (const [index, call] of calls.entries()) {
      void dyingServer(clinic, call.method, "claimed").write("okafor", call, `${id}-${index}`);
      // oxlint-disable-next-line no-await-in-loop
      await idle();
      // oxlint-disable-next-line no-await-in-loop
      await vi.advanceTimersByTimeAsync(61_000);
      // oxlint-disable-next-line no-await-in-loop
      const { status, json } = await inTime(clinic.write("okafor", call, `${id}-${index}`));
      expect([status, Object.keys(json)]).toEqual([404, ["error"]]);
    }
    expect(clinic.writes()).toBe(0);
  });

  it("does not confirm an addition by an existing participant of the same name", async () => {
    const clinic = await openClinic();
    const path = `sessions/${clinic.session.session_id}/participants`;
    clinic.sandbox.faults.next({ operation: "addSessionParticipant", cut: "before-commit" });
    const call = { method: "POST", path, body: { display_name: "Ana Lee" } };
    expect((await inTime(clinic.write("chen", call, id))).status).not.toBe(200);
    clinic.sandbox.faults.next({ operation: "addSessionParticipant", cut: "after-commit" });
    const { status, json } = await inTime(clinic.write("chen", call));
    expect(status).toBe(200);
    expect(json.participant_id).not.toBe(clinic.guest.participant_id);
  });

  it("distinguishes two equal bookings", async () => {
    const clinic = await openClinic();
    clinic.sandbox.faults.next({ method: "POST", cut: "before-commit" });
    // The first session exists, and the proxy knows which write created it.
    expect((await inTime(clinic.write("chen", booking))).status).not.toBe(200);
    clinic.sandbox.faults.next({ method: "POST", cut: "after-commit" });
    const { status, json } = await inTime(clinic.write("chen", booking));
    expect(status).toBe(200);
    expect(json.session_id).not.toBe(clinic.session.session_id);
  });
});

describe("edits of one session", () => {
  it("are serialized across several servers", async () => {
    const clinic = await openClinic();
    const busy = { now: 0, most: 0 };
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const isEdit = request.method === "PUT";
      busy.now += Number(isEdit);
      busy.most = Math.max(busy.most, busy.now);
      await new Promise((resolve) => {
        setTimeout(resolve, 30);
      });
      const response = await clinic.sandbox.fetch(request);
      busy.now -= Number(isEdit);
      return response;
    };
    const [one, other] = [clinic.server({ fetch }), clinic.server({ fetch })];
    const edits = Array.from({ length: 20 }, (_, index) => {
      const call = { method: "PUT", path: `sessions/${clinic.session.session_id}`, body: { session_name: `${index}` } };
      return (index % 2 ? one : other).write("desk", call);
    });
    const responses = await inTime(Promise.all(edits));
    expect(responses.map(({ status }) => status)).toEqual(Array.from(edits, () => 200));
    expect(busy.most).toBe(1);
  });

  it("are refused with conflict if another user has changed a field given in if_unchanged", async () => {
    const clinic = await openClinic();
    const other = clinic.server();
    const path = `sessions/${clinic.session.session_id}`;
    const if_unchanged = { session_name: "Knee rehab", start_time: "2026-01-13T00:00:00Z" };
    const edits = Array.from({ length: 10 }, (_, index) => {
      const body = { session_name: `${index}`, if_unchanged };
      return (index % 2 ? clinic : other).write(index % 3 ? "desk" : "chen", { method: "PUT", path, body });
    });
    const responses = await inTime(Promise.all(edits));
    const done = responses.filter(({ status }) => status === 200);
    const refused = responses.filter(({ status, json }) => status === 409 && json.error.code === "conflict");
    expect([done.length, refused.length]).toEqual([1, 9]);
    const now = await inTime(clinic.send("desk", path).then((response) => response.json()));
    expect(now.session_name).toBe(done[0]?.json.session_name);
    expect(clinic.writes()).toBe(1);
  });

  it("of participants and cancels are refused with conflict too", async () => {
    const clinic = await openClinic();
    const { session_id } = clinic.session;
    const { participant_id } = clinic.guest;
    const stale: Call[] = [
      { method: "PUT", path: `participants/${participant_id}`, body: { role: "HOST", if_unchanged: { role: "HOST" } } },
      { method: "DELETE", path: `participants/${participant_id}`, body: { if_unchanged: { display_name: "Other" } } },
      { method: "DELETE", path: `sessions/${session_id}`, body: { if_unchanged: { session_name: "Other" } } },
    ];
    for (const call of stale) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await inTime(clinic.write("chen", call))).status).toBe(409);
    }
    expect(clinic.writes()).toBe(0);
    const body = { display_name: "Ana L", if_unchanged: { display_name: "Ana Lee", role: "guest", picture: "" } };
    const edit = { method: "PUT", path: `participants/${participant_id}`, body };
    expect((await inTime(clinic.write("chen", edit))).status).toBe(200);
  });

  it("do not block other sessions, and block their own session for a limited time", async () => {
    let isStuck = false;
    const clinic = await openClinic({
      authorize: (_, operation) => (isStuck && operation === "updateSession" ? never() : true),
    });
    const { json: other } = await inTime(clinic.write("desk", { ...booking, body: later }));
    const edit = (session_id: string) => ({
      method: "PUT",
      path: `sessions/${session_id}`,
      body: { session_name: "A" },
    });
    isStuck = true;
    void clinic.write("desk", edit(clinic.session.session_id));
    await idle();
    isStuck = false;
    const startedAt = Date.now();
    expect((await inTime(clinic.write("desk", edit(other.session_id)))).status).toBe(200);
    expect(Date.now() - startedAt).toBeLessThan(1000);
    const both = [clinic, clinic.server()].map(({ write }) => write("desk", edit(clinic.session.session_id)));
    const responses = await inTime(Promise.all(both));
    // The hanging rule is abandoned after 10 s, and its lock is released.
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    await vi.advanceTimersByTimeAsync(120_000);
    expect((await inTime(clinic.server().write("desk", edit(clinic.session.session_id)))).status).toBe(200);
  });
});
