/* oxlint-disable typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-assertion, typescript/unbound-method -- apps in JavaScript may pass any type; a store has no `this` */
import { describe, expect, it, vi } from "vitest";

import { createCoviuClient, createSession } from "../../src/core.ts";
import { booking, createClinic, idle, inTime, fakeClockAtNow, never, idempotencyKey as id } from "./clinic.ts";

const creating = { method: "POST", path: "sessions", body: booking };

fakeClockAtNow();

describe("a booking that the service refuses with 503", () => {
  it("is not confirmed by an older equal session", async () => {
    const { sandbox, write, writes } = createClinic({ sandbox: { seed: "none" } });
    // Booked by another system, so the proxy does not know which write created it.
    await inTime(createSession(createCoviuClient(sandbox), booking));
    sandbox.faults.next({ method: "POST", operation: "createSession", status: 503 });
    const { status } = await inTime(write("chen", creating, id));
    expect([status, writes()]).toEqual([502, 1]);
    expect((await inTime(write("chen", creating, id))).status).toBe(504);
    expect(writes()).toBe(1);
  });

  it("is not confirmed by an equal session that another user books at the same time", async () => {
    const { sandbox, write, server } = createClinic({ sandbox: { seed: "none" } });
    sandbox.faults.next({ operation: "createSession", cut: "before-commit" });
    const one = write("chen", creating);
    await idle();
    const other = server().write("desk", creating);
    const responses = await inTime(Promise.all([one, other]));
    expect(responses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 502]);
  });

  it("is confirmed among more than 200 sessions at that time", async () => {
    const { sandbox, write } = createClinic({ sandbox: { seed: "none" } });
    const client = createCoviuClient(sandbox);
    for (let index = 0; index < 205; index += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await inTime(createSession(client, { ...booking, session_name: `Other ${index}` }));
    }
    sandbox.faults.next({ operation: "createSession", cut: "after-commit" });
    expect((await inTime(write("chen", creating, id))).status).toBe(200);
  });

  it("is not sent if the existing sessions can't be read", async () => {
    const { sandbox, write, writes } = createClinic({ sandbox: { seed: "none" } });
    sandbox.faults.next({ operation: "getSessionPage", status: 503 });
    expect((await inTime(write("chen", creating, id))).status).toBe(502);
    expect(writes()).toBe(0);
    expect((await inTime(write("chen", creating, id))).status).toBe(200);
    expect(writes()).toBe(1);
  });
});

describe("after a crash", () => {
  it("an added participant is not confirmed by another participant of the same name", async () => {
    const clinic = createClinic({ sandbox: { seed: "none" } });
    const { json: session } = await inTime(clinic.write("chen", creating));
    const adding = {
      method: "POST",
      path: `sessions/${session.session_id}/participants`,
      body: { display_name: "Ana Lee", role: "GUEST" },
    };
    const [, first] = session.participants;
    // The proxy stores for a day which write created a participant.
    await vi.advanceTimersByTimeAsync(25 * 3_600_000);
    clinic.wire.length = 0;
    let isDead = false;
    const dying = clinic.server({
      store: {
        get: (...args) => (isDead ? never() : clinic.store.get(...args)),
        swap: (...args) => (isDead ? never() : clinic.store.swap(...args)),
      },
      fetch(input, init) {
        const { method, url } = new Request(input, init);
        // The server dies before the request reaches the service.
        if (method === "POST" && !url.endsWith("token")) isDead = true;
        return isDead ? never() : clinic.sandbox.fetch(input, init);
      },
    });
    const work = inTime(dying.write("chen", adding, id));
    expect((await work).status).toBeGreaterThanOrEqual(500);
    const { status, json } = await inTime(clinic.write("chen", adding, id));
    expect(status).toBe(504);
    expect(JSON.stringify(json)).not.toContain(first.participant_id);
    expect(clinic.writes()).toBe(1);
  });
});

it("a server sends nothing after its claim has expired", async () => {
  const clinic = createClinic({ sandbox: { seed: "none" } });
  let isAsleep = true;
  const sleepers: (() => void)[] = [];
  const sleeping = clinic.server({
    // The server stops after its claim is stored.
    store: {
      get: clinic.store.get,
      async swap(...args) {
        const isSwapped = await clinic.store.swap(...args);
        if (isAsleep) await new Promise<void>((resolve) => void sleepers.push(resolve));
        return isSwapped;
      },
    },
  });
  const slow = sleeping.write("chen", creating, id);
  await idle();
  await vi.advanceTimersByTimeAsync(9000);
  vi.setSystemTime(Date.now() + 20_000);
  const taken = await inTime(clinic.write("chen", creating, id));
  expect([taken.status, clinic.writes()]).toEqual([200, 1]);
  isAsleep = false;
  for (const wake of sleepers) wake();
  expect((await inTime(slow)).status).not.toBe(200);
  expect(clinic.writes()).toBe(1);
  expect((await inTime(clinic.write("chen", creating, id))).json).toEqual(taken.json);
});
