import { afterEach, describe, expect, it, vi } from "vitest";

import { createCoviuClient, createSession, listSessions } from "../../src/core.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.ts";
import { at, connect, now, tokenOf } from "./connect.ts";

const times = { start_time: at(60), end_time: at(90) };
const refusal = { error: { message: expect.any(String) } };

afterEach(() => vi.unstubAllGlobals());

/** Sends a body as it is. */
async function post(sandbox: Sandbox, body: string, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${await tokenOf(sandbox)}`;
  const init = { method: "POST", headers: { authorization, ...headers }, body };
  return sandbox.fetch(`${sandbox.baseUrl}/sessions`, init);
}

describe("a body", () => {
  it("with a name of more than 256 characters is refused", async () => {
    const { sandbox, call } = connect();
    const session_name = "n".repeat(257);
    const participant = { display_name: session_name };
    expect(await call("POST", "/sessions", { body: { ...times, session_name } })).toMatchObject({ status: 400 });
    expect(await call("POST", "/sessions", { body: { ...times, participants: [participant] } })).toEqual({
      status: 400,
      json: { error: { message: "`display_name` must not be longer than 256 characters." } },
    });
    const booked = { ...times, session_name: "n".repeat(256), participants: [{ display_name: "n".repeat(256) }] };
    const { status, json } = await call("POST", "/sessions", { body: booked });
    expect(status).toBe(200);
    const id = String(json["session_id"]);
    const participantId = sandbox.canaries().find(({ kind }) => kind === "participant-id")?.value;
    expect(await call("PUT", `/sessions/${id}`, { body: { session_name } })).toMatchObject({ status: 400 });
    expect(await call("POST", `/sessions/${id}/participants`, { body: participant })).toMatchObject({ status: 400 });
    expect(await call("PUT", `/participants/${participantId}`, { body: participant })).toMatchObject({ status: 400 });
  });

  it("of more than 1 MB is refused with 413, one of just under 1 MB is accepted", async () => {
    const { sandbox, call } = connect();
    const body = (size: number) => ({ ...times, notes: "x".repeat(size) });
    expect(await call("POST", "/sessions", { body: body(6 * 1024 * 1024) })).toEqual({ status: 413, json: refusal });
    expect(await call("POST", "/sessions", { body: body(1024 * 1024) })).toMatchObject({ status: 413 });
    expect(sandbox.log.entries().filter((entry) => entry.body !== undefined)).toEqual([]);
    expect(await call("POST", "/sessions", { body: body(1024 * 1024 - 200) })).toMatchObject({ status: 200 });
  });

  it.each([40, 5000, 100_000])("that is nested %i levels deep is refused with 400 and not logged", async (levels) => {
    const { sandbox } = connect({ onRequest: (entry) => void JSON.stringify(entry) });
    const response = await post(sandbox, `{"picture":${"[".repeat(levels)}${"]".repeat(levels)}}`);
    expect({ status: response.status, json: await response.json() }).toEqual({ status: 400, json: refusal });
    expect(sandbox.log.entries().at(-1)?.body).toBeUndefined();
  });

  it("that is compressed is refused with 415", async () => {
    const { sandbox } = connect();
    const response = await post(sandbox, JSON.stringify(times), { "content-encoding": "gzip" });
    expect(response.status).toBe(415);
  });
});

describe("the log", () => {
  it("contains no body of a request without a valid token", async () => {
    const { sandbox } = connect();
    const body = JSON.stringify({ ...times, session_name: "Ana Lee" });
    for (const authorization of ["", "Bearer a.b.c"])
      await sandbox.fetch(`${sandbox.baseUrl}/sessions`, { method: "POST", headers: { authorization }, body });
    expect(sandbox.log.entries()).toMatchObject([{ status: 401 }, { status: 401 }]);
    expect(JSON.stringify(sandbox.log.entries())).not.toContain("Ana Lee");
  });

  it("contains the newest 10,000 requests and 10 MB of bodies", async () => {
    const { sandbox, client, call } = connect();
    await listSessions(client);
    for (let count = 0; count < 10_050; count += 1) await sandbox.app.request(`/v1/sessions?page=${count}`);
    expect(sandbox.log.entries()).toHaveLength(10_000);
    expect(sandbox.log.entries().at(-1)).toMatchObject({ query: { page: "10049" } });
    const body = { ...times, notes: "x".repeat(1_000_000) };
    for (let count = 0; count < 12; count += 1) await call("POST", "/sessions", { body });
    expect(JSON.stringify(sandbox.log.entries()).length).toBeLessThan(11_000_000);
    sandbox.log.clear();
    await listSessions(client);
    expect(sandbox.log.entries()).toHaveLength(1);
  });
});

describe("createSandbox", () => {
  it.each<[string, object]>([
    ["secret", { secret: "" }],
    ["secret", { secret: " s" }],
    ["secret", { secret: "s\n" }],
    ["secret", { secret: 5 }],
    ["key", { key: "" }],
    ["key", { key: "a:b" }],
    ["dialect", { dialect: "latin" }],
    ["seed", { seed: "garden" }],
    ["seed", { seed: -1 }],
    ["seed", { seed: 1.5 }],
    ["seed", { seed: 1e9 }],
    ["latencyMs", { latencyMs: Number.NaN }],
    ["latencyMs", { latencyMs: -1 }],
    ["latencyMs", { latencyMs: 1e12 }],
    ["clock", { now: "later" }],
    ["clock", { now: "12 Jan 2026" }],
    ["clock", { now: "+275760-09-12T00:00:00Z" }],
    ["clock", { now: new Date(8.64e15) }],
    ["clock", { now: new Date(-1) }],
    ["clock", { now: new Date(Number.NaN) }],
    ["clock", { now: () => new Date(Number.NaN) }],
    ["clock", { now: () => Date.now() }],
  ])("throws for an invalid %s, with a message that states valid values: %o", (name, options) => {
    expect(() => createSandbox(options)).toThrow(TypeError);
    expect(() => createSandbox(options)).toThrow(new RegExp(`${name}.* must `));
  });

  it("reads a time without an offset in UTC, not in the zone of the machine", () => {
    expect(createSandbox({ now: "2026-01-12T09:00" }).clock.now().toISOString()).toBe(now);
    expect(createSandbox({ now: "2026-01-12" }).clock.now().toISOString()).toBe("2026-01-12T00:00:00.000Z");
  });

  it("refuses invalid times and faults later, without a change of clock or faults", async () => {
    const { sandbox, client } = connect();
    const { clock, faults } = sandbox;
    for (const call of [
      () => clock.set("later"),
      () => clock.set("275760-01-01T00:00:00Z"),
      () => clock.advance(Number.NaN),
      () => clock.advance(1e15),
      () => faults.latency(Number.NaN),
      () => faults.next({ status: 99 }),
      () => faults.next({ status: 1000 }),
      () => faults.next({ delayMs: -5 }),
    ])
      expect(call).toThrow(TypeError);
    expect(clock.now().toISOString()).toBe(now);
    await expect(listSessions(client)).resolves.toBeDefined();
  });

  it("sends a scripted response without a body for a status that has none", async () => {
    const { sandbox, call } = connect();
    sandbox.faults.next({ status: 304 });
    await expect(call("GET", "/sessions")).rejects.toThrow(SyntaxError);
    expect(sandbox.log.entries().at(-1)).toMatchObject({ status: 304 });
  });

  it("works on plain HTTP, without crypto.subtle and crypto.randomUUID", async () => {
    vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
    const sandbox = createSandbox({ now, seed: "none" });
    const getAccessToken = sandbox.getAccessToken;
    const client = createCoviuClient({ ...sandbox, getAccessToken });
    const { session_id } = await createSession(client, times);
    expect(session_id).toMatch(/^[\da-f-]{36}$/);
  });

  it("drops all but the newest 1,000 tokens", async () => {
    const { sandbox } = connect();
    const tokens: string[] = [];
    for (let count = 0; count < 1001; count += 1) tokens.push(await tokenOf(sandbox, true));
    const statusWith = async (token = "") =>
      (await sandbox.fetch(`${sandbox.baseUrl}/sessions`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect([await statusWith(tokens[0]), await statusWith(tokens[1]), await statusWith(tokens[1000])]).toEqual([
      401, 200, 200,
    ]);
    expect(sandbox.canaries().filter(({ kind }) => kind === "token")).toHaveLength(2000);
  });
});
