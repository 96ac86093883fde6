import { inspect } from "node:util";

import { getRequestListener } from "@hono/node-server";
import { describe, expect, it, vi } from "vitest";

import {
  addParticipant,
  cancelSession,
  type CoviuClientOptions,
  CoviuError,
  createCoviuClient,
  createSession,
  getParticipant,
  getSession,
  listParticipants,
  listSessions,
  removeParticipant,
  updateParticipant,
  updateSession,
} from "../../src/core.ts";
import { createSandbox } from "../../src/sandbox/index.ts";

const now = "2026-01-11T22:52:00Z";
const hour = 3_600_000;
const at = (hours: number) => new Date(Date.parse(now) + hours * hour).toISOString();

function connect(options: Partial<CoviuClientOptions> = {}, sandboxOptions = {}) {
  const sandbox = createSandbox({ now, seed: "none", ...sandboxOptions });
  return { sandbox, client: createCoviuClient({ ...sandbox, ...options }) };
}

/** A client of the sandbox, and the requests it sends. */
function recordingClient(sandbox: ReturnType<typeof createSandbox>) {
  const sent: Request[] = [];
  const recording = createCoviuClient({
    ...sandbox,
    fetch: (input, init) => {
      const request = new Request(input, init);
      sent.push(request.clone());
      return sandbox.fetch(request);
    },
  });
  return { recording, sent };
}

async function booked(options?: Partial<CoviuClientOptions>, sandboxOptions = {}) {
  const { sandbox, client } = connect(options, sandboxOptions);
  const session = await createSession(client, {
    session_name: "Knee rehab",
    start_time: at(24),
    end_time: at(25),
    participants: [{ display_name: "Mei-Ling Chen", role: "host" }, { display_name: "Ana Lee" }],
  });
  sandbox.log.clear();
  return { sandbox, client, session };
}

async function failure(promise: Promise<unknown>): Promise<CoviuError> {
  const error: unknown = await promise.then(
    () => expect.fail("it did not fail"),
    (reason: unknown) => reason,
  );
  expect(CoviuError.is(error)).toBe(true);
  if (!CoviuError.is(error)) throw error;
  return error;
}

describe("set-up", () => {
  it("throws when baseUrl is empty or an option holds a secret", () => {
    expect(() => createCoviuClient({ baseUrl: "" })).toThrow(/baseUrl/);
    for (const name of ["apiSecret", "clientSecret", "keySecret", "apiKey", "api_key", "password"]) {
      expect(() => createCoviuClient({ baseUrl: "/api", [name]: "x" })).toThrow(/secret/);
    }
  });
});

describe("requests", () => {
  it("sends the bearer token and no custom header with getAccessToken", async () => {
    const { client, sandbox } = connect();
    const { recording, sent } = recordingClient(sandbox);
    await listSessions(client);
    await createSession(recording, { start_time: at(1), end_time: at(2) });
    const [request] = sent;
    expect(request?.headers.get("authorization")).toMatch(/^Bearer ey/);
    expect([...(request?.headers.keys() ?? [])].filter((name) => name.startsWith("coviu-"))).toEqual([]);
    expect(request?.credentials).toBe("omit");
  });

  it("sets cache: no-store, redirect: manual and no referrer on every request, also on the token check", async () => {
    const { sandbox, client, session } = await booked(undefined, { dialect: "observed" });
    await cancelSession(client, session.session_id);
    const { recording, sent } = recordingClient(sandbox);
    expect(await failure(getSession(recording, session.session_id))).toMatchObject({ code: "not_found" });
    expect(sent.map(({ url }) => new URL(url).pathname)).toContain("/v1/sessions");
    for (const { cache, redirect, referrerPolicy, credentials } of sent) {
      expect({ cache, redirect, referrerPolicy, credentials }).toEqual({
        cache: "no-store",
        redirect: "manual",
        referrerPolicy: "no-referrer",
        credentials: "omit",
      });
    }
  });

  it("sends coviu-kit with every request to a proxy, and a new idempotency key with every write", async () => {
    const sent: Request[] = [];
    const client = createCoviuClient({
      baseUrl: "https://clinic.example/api/coviu",
      fetch: async (input, init) => {
        const request = new Request(input, init);
        sent.push(request);
        return Response.json(request.method === "GET" ? { content: [], more: false } : { ok: true });
      },
    });
    await listSessions(client);
    await cancelSession(client, "one");
    await cancelSession(client, "two");
    expect(sent.map((request) => request.headers.get("coviu-kit"))).toEqual(["1", "1", "1"]);
    const [read, first, second] = sent.map((request) => request.headers.get("idempotency-key"));
    expect(read).toBeNull();
    expect(first).toMatch(/^"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"$/);
    expect(second).not.toBe(first);
    expect(sent.map((request) => request.headers.has("authorization"))).toEqual([false, false, false]);
  });

  it("sends parameters strictly: instants in UTC, reverse, and no false", async () => {
    const { client, sandbox } = connect();
    await listSessions(client, {
      page: 0,
      page_size: 200,
      start_time: "2026-01-12T10:00:00+11:00",
      include_canceled: false,
      deleted_participants: true,
      order: "reverse",
    });
    expect(sandbox.log.entries().at(-1)?.query).toEqual({
      page: "0",
      page_size: "200",
      start_time: "2026-01-11T23:00:00.000Z",
      deleted_participants: "true",
      order: "reverse",
    });
  });

  it.each([
    ["id ..", (client) => getSession(client, "..")],
    ["id .", (client) => removeParticipant(client, ".")],
    ["id %2e%2e", (client) => cancelSession(client, "%2e%2e")],
    ["id with a slash", (client) => getParticipant(client, "a/b")],
    ["id with a query", (client) => listParticipants(client, "a?b")],
    ["id with NUL", (client) => getParticipant(client, "a\0")],
    ["an empty id", (client) => getSession(client, "")],
    ["an id of a megabyte", (client) => getSession(client, "a".repeat(1_000_000))],
    ["page -1", (client) => listSessions(client, { page: -1 })],
    ["page_size 0", (client) => listSessions(client, { page_size: 0 })],
    ["page_size 201", (client) => listSessions(client, { page_size: 201 })],
    ["start_time that is no time", (client) => listSessions(client, { start_time: "tomorrow" })],
    ["end before start", (client) => createSession(client, { start_time: at(2), end_time: at(1) })],
    [
      "start_time without a zone",
      (client) => createSession(client, { start_time: "2027-01-01T10:00", end_time: at(1) }),
    ],
    ["end_time without a zone", (client) => updateSession(client, "id", { end_time: "2027-01-01 10:00:00" })],
    ["a list from a time without a zone", (client) => listSessions(client, { start_time: "2027-01-01T10:00" })],
    ["start_time without a form", (client) => createSession(client, { start_time: "3/8/2026", end_time: at(1) })],
    ["an empty name", (client) => createSession(client, { session_name: "", start_time: at(1), end_time: at(2) })],
    ["a name of spaces", (client) => updateSession(client, "id", { session_name: " \n" })],
    ["a name of 257 characters", (client) => updateSession(client, "id", { session_name: "a".repeat(257) })],
    ["an empty participant name", (client) => addParticipant(client, "id", { display_name: "" })],
    [
      "a participant name of 10,000 characters",
      (client) => updateParticipant(client, "id", { display_name: "a".repeat(10_000) }),
    ],
    ["javascript: picture", (client) => updateParticipant(client, "id", { picture: "javascript:alert(1)" })],
    ["data: picture", (client) => updateParticipant(client, "id", { picture: " data:text/html,x" })],
    ["java\\tscript: picture", (client) => updateParticipant(client, "id", { picture: "java\tscript:alert(1)" })],
  ] satisfies [string, (client: ReturnType<typeof connect>["client"]) => Promise<unknown>][])(
    "refuses %s before anything is sent",
    async (_, call) => {
      const { client, sandbox } = connect();
      const error = await failure(call(client));
      expect(error).toMatchObject({ code: "invalid_input", outcome: "not-sent", retryable: false });
      expect(sandbox.log.count()).toBe(0);
    },
  );
});

describe("responses", () => {
  it.each([
    [
      "a session",
      (client) => getSession(client, "mine"),
      { session_id: "another", start_time: at(1), end_time: at(2) },
    ],
    [
      "a changed session",
      (client) => updateSession(client, "mine", { session_name: "New" }),
      { session_id: "another", start_time: at(1), end_time: at(2) },
    ],
    ["a participant", (client) => getParticipant(client, "mine"), { participant_id: "another", role: "HOST" }],
    [
      "a changed participant",
      (client) => updateParticipant(client, "mine", { role: "GUEST" }),
      { participant_id: "another", role: "HOST" },
    ],
  ] satisfies [string, (client: ReturnType<typeof connect>["client"]) => Promise<unknown>, object][])(
    "rejects a response with another id than the requested one: %s",
    async (_, call, response) => {
      const client = createCoviuClient({
        baseUrl: "https://clinic.example/api",
        fetch: async () => Response.json(response),
      });
      expect(await failure(call(client))).toMatchObject({ code: "bad_response" });
    },
  );

  it("reads both dialects as the same session and participants", async () => {
    for (const dialect of ["spec", "observed"]) {
      const { client, session } = await booked({}, { dialect });
      const read = await getSession(client, session.session_id);
      expect(read).toMatchObject({ start_time: at(24), end_time: at(25), session_name: "Knee rehab" });
      const participants = await listParticipants(client, session.session_id);
      expect(participants.more).toBe(false);
      expect(participants.content.map(({ display_name, role }) => [display_name, role])).toEqual([
        ["Mei-Ling Chen", "HOST"],
        ["Ana Lee", "GUEST"],
      ]);
    }
  });

  it("drops one broken row and reports it without its content, and refuses a broken page", async () => {
    const drifts: unknown[] = [];
    const rows = [
      { session_id: "a", start_time: at(1), end_time: at(2), picture: null, extra: "unknown" },
      { session_id: "b", start_time: "Mon, 12 Jan 2026 01:00:00 GMT", end_time: at(3) },
      { session_id: "c", start_time: "not a time", end_time: at(3), session_name: "Ana Lee" },
      { start_time: at(1), end_time: at(2) },
      "nonsense",
    ];
    const respondingWith = (body: unknown) =>
      createCoviuClient({
        baseUrl: "https://x.example",
        fetch: async () => Response.json(body),
        onDrift: (drift) => drifts.push(drift),
      });
    const page = await listSessions(respondingWith({ content: rows, more: false }));
    expect(page.content.map((row) => row.session_id)).toEqual(["a", "b"]);
    expect(page.content[0]).not.toHaveProperty("picture");
    expect(page.content[0]).toHaveProperty("extra", "unknown");
    expect(page.content[1]?.start_time).toBe("2026-01-12T01:00:00.000Z");
    expect(drifts).toHaveLength(3);
    expect(JSON.stringify(drifts)).not.toContain("Ana");
    for (const broken of [{ content: rows }, { content: "x", more: false }, [], null, 5, "text"]) {
      expect(await failure(listSessions(respondingWith(broken)))).toMatchObject({ code: "bad_response" });
    }
    expect(await failure(cancelSession(respondingWith({ ok: false }), "a"))).toMatchObject({ code: "bad_response" });
  });
});

describe("a Hono server in the same process", () => {
  const { Request, Response } = globalThis;

  it("replaces the global Request and Response, and every response is still read", async () => {
    getRequestListener(() => new Response());
    expect(globalThis.Response).not.toBe(Response);
    try {
      const sandbox = createSandbox({ now });
      const client = createCoviuClient(sandbox);
      const { content } = await listSessions(client);
      expect(content.length).toBeGreaterThan(0);
      sandbox.faults.next({ status: 403 });
      await expect(listSessions(client)).rejects.toMatchObject({ code: "forbidden", status: 403 });
      await expect(getSession(client, "unknown")).rejects.toMatchObject({ code: "not_found", status: 404 });
    } finally {
      Object.assign(globalThis, { Request, Response });
    }
  });
});

describe("fields named like members of Object.prototype", () => {
  const named = `"constructor":{"a":1},"toString":"x","__proto__":{"canceled_time":"${at(0)}"}`;
  const body = `{"session_id":"a","start_time":"${at(1)}","end_time":"${at(2)}",${named}}`;

  it("do not change how a response is decoded", async () => {
    const client = createCoviuClient({ baseUrl: "https://x.example", fetch: async () => new Response(body) });
    const session = await getSession(client, "a");
    expect(Object.keys(session)).not.toContain("__proto__");
    expect(session.canceled_time).toBeUndefined();
  });

  it("are refused in a request, like every field outside the contract", async () => {
    const { client, sandbox } = connect();
    for (const field of [`"constructor":{}`, `"__proto__":{}`, `"fee":1`]) {
      const request = JSON.parse(`{"start_time":"${at(1)}","end_time":"${at(2)}",${field}}`);
      expect(await failure(createSession(client, request))).toMatchObject({ code: "invalid_input" });
    }
    expect(sandbox.log.count()).toBe(0);
  });
});

describe("token", () => {
  it.each([20, 200])("requests one new token when %i parallel calls get a 401, and no call fails", async (calls) => {
    const { sandbox } = connect();
    const forced: boolean[] = [];
    const client = createCoviuClient({
      ...sandbox,
      getAccessToken: (request) => {
        forced.push(request.forceRefresh);
        return sandbox.getAccessToken(request);
      },
    });
    await listSessions(client);
    sandbox.faults.expireTokens();
    forced.length = 0;
    sandbox.log.clear();
    await Promise.all(Array.from({ length: calls }, (_, page) => listSessions(client, { page })));
    expect(forced).toEqual([true]);
    expect(sandbox.log.count({ operation: "getSessionPage" })).toBeLessThanOrEqual(2 * calls);
  });

  it("repeats a write once after a 401, and never after a 500", async () => {
    const { sandbox, client } = connect();
    await listSessions(client);
    sandbox.faults.expireTokens();
    await createSession(client, { start_time: at(1), end_time: at(2) });
    expect((await listSessions(client)).content).toHaveLength(1);
    sandbox.log.clear();
    sandbox.faults.next({ operation: "createSession", status: 500 });
    const error = await failure(createSession(client, { start_time: at(3), end_time: at(4) }));
    expect(error).toMatchObject({ code: "server", outcome: "unknown" });
    expect(sandbox.log.count({ operation: "createSession" })).toBe(1);
  });

  it("reads the 401 of a canceled session as not_found, without a call of onAuthLost", async () => {
    const onAuthLost = vi.fn();
    const { client, session } = await booked({ onAuthLost }, { dialect: "observed" });
    await cancelSession(client, session.session_id);
    expect(await failure(getSession(client, session.session_id))).toMatchObject({ code: "not_found" });
    expect(onAuthLost).not.toHaveBeenCalled();
    await listSessions(client);
  });

  it("reports auth_unavailable during an outage, neither a lost sign-in nor not_found", async () => {
    const onAuthLost = vi.fn();
    const { sandbox } = connect();
    let outage = true;
    const client = createCoviuClient({
      ...sandbox,
      onAuthLost,
      fetch: (input, init) => {
        const request = new Request(input, init);
        const probe = request.url.endsWith("page_size=1");
        if (!outage) return sandbox.fetch(request);
        return Promise.resolve(new Response(null, { status: probe ? 503 : 401 }));
      },
    });
    expect(await failure(getSession(client, "one"))).toMatchObject({ code: "auth_unavailable", outcome: "not-sent" });
    expect(onAuthLost).not.toHaveBeenCalled();
    outage = false;
    await listSessions(client);
  });

  it("calls onAuthLost once when the sign-in has ended", async () => {
    const onAuthLost = vi.fn();
    const { sandbox } = connect();
    const client = createCoviuClient({ ...sandbox, getAccessToken: async () => "stolen", onAuthLost });
    expect(await failure(listSessions(client))).toMatchObject({ code: "auth_required", status: 401 });
    expect(await failure(listSessions(client))).toMatchObject({ code: "auth_required" });
    expect(onAuthLost).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["throws", () => Promise.reject(new Error("eyJ-secret https://auth.example/token"))],
    ["returns an empty token", () => Promise.resolve("")],
    ["never settles", () => new Promise<string>(() => {})],
  ])("rejects with auth_unavailable when getAccessToken %s, and recovers", async (_, broken) => {
    const { sandbox } = connect();
    let isBroken = true;
    const client = createCoviuClient({
      ...sandbox,
      timeouts: { token: 1000 },
      getAccessToken: (request) => (isBroken ? broken() : sandbox.getAccessToken(request)),
    });
    const error = await failure(createSession(client, { start_time: at(1), end_time: at(2) }));
    expect(error).toMatchObject({ code: "auth_unavailable", outcome: "not-sent" });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/eyJ|auth\.example/);
    isBroken = false;
    await createSession(client, { start_time: at(1), end_time: at(2) });
  });
});

describe("retry", () => {
  it("tries a read three times and a write once", async () => {
    const { sandbox, client, session } = await booked();
    sandbox.faults.next({ operation: "getSessionById", status: 503, times: 2 });
    await getSession(client, session.session_id);
    expect(sandbox.log.count({ operation: "getSessionById" })).toBe(3);
    sandbox.log.clear();
    sandbox.faults.next({ operation: "getSessionById", status: 500, times: 5 });
    expect(await failure(getSession(client, session.session_id))).toMatchObject({ code: "server", retryable: true });
    expect(sandbox.log.count({ operation: "getSessionById" })).toBe(3);
    sandbox.faults.clear();
    sandbox.log.clear();
    sandbox.faults.next({ operation: "deleteSession", cut: "after-commit" });
    expect(await failure(cancelSession(client, session.session_id))).toMatchObject({
      code: "unreachable",
      outcome: "unknown",
    });
    expect(sandbox.log.count({ operation: "deleteSession" })).toBe(1);
  });

  it("fails at once when Retry-After is longer than the limit", async () => {
    const { sandbox, client } = connect();
    sandbox.faults.next({ status: 429, headers: { "retry-after": "3600" } });
    expect(await failure(listSessions(client))).toMatchObject({ code: "rate_limited", retryAfter: 3600 });
    expect(sandbox.log.count()).toBe(1);
  });

  it("rejects an aborted call with the reason of its signal, and sends nothing more", async () => {
    const { sandbox, client } = connect();
    const abort = new AbortController();
    sandbox.faults.next({ status: 500, times: 3 });
    const call = listSessions(client, {}, { signal: abort.signal });
    abort.abort("aborted by the app");
    await expect(call).rejects.toBe("aborted by the app");
    const reason = new TypeError("the app's own reason");
    await expect(client.http.get("sessions", { signal: AbortSignal.abort(reason) }).json()).rejects.toBe(reason);
    expect(sandbox.log.count()).toBeLessThanOrEqual(1);
  });

  it("ends a read that hangs with a time-out", async () => {
    const client = createCoviuClient({
      baseUrl: "https://x.example",
      timeouts: { request: 20, total: 60 },
      fetch: (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
        }),
    });
    expect(await failure(listSessions(client))).toMatchObject({ code: "timeout", outcome: "unknown" });
  });
});

describe("errors", () => {
  it("hold no token, address, id, name or server message, however they are printed", async () => {
    const { sandbox, client, session } = await booked();
    const participantId = session.participants?.[1]?.participant_id ?? "";
    const secrets = [session.session_id, participantId, "Ana Lee", "sandbox.coviu", "eyJ", "Bearer", "canary"];
    const errors: CoviuError[] = [];
    for (const status of [400, 401, 403, 404, 409, 418, 429, 500, 503]) {
      sandbox.faults.next({
        operation: "updateSessionParticipant",
        status,
        times: 2,
        body: { error: { message: "canary" } },
      });
      errors.push(await failure(updateParticipant(client, participantId, { display_name: "Ana Lee" })));
      sandbox.faults.clear();
    }
    sandbox.faults.next({ status: 200, body: `{"content": [{"display_name": "Ana Lee canary"`, times: 3 });
    errors.push(await failure(getSession(client, session.session_id)));
    sandbox.faults.clear();
    sandbox.faults.next({ cut: "before-commit", times: 3 });
    errors.push(await failure(getParticipant(client, participantId)));
    sandbox.faults.clear();
    sandbox.faults.next({ status: 500, times: 1 });
    errors.push(await failure(client.http.get(`participants/${participantId}`).json()));
    expect(errors.map((error) => error.code)).toEqual([
      "invalid_request",
      // The token works elsewhere, so a 401 for one participant means not found.
      "not_found",
      "forbidden",
      "not_found",
      "conflict",
      "invalid_request",
      "rate_limited",
      "server",
      "server",
      "bad_response",
      "unreachable",
      "server",
    ]);
    for (const error of errors) {
      const clone: unknown = structuredClone(error);
      const printed = [
        String(error),
        error.stack,
        JSON.stringify(error),
        inspect(error, { depth: 9 }),
        inspect(clone, { depth: 9 }),
      ];
      for (const secret of secrets) expect(printed.join("\n")).not.toContain(secret);
      expect(Object.keys(error)).not.toContain("explanation");
      expect(error.cause).toBeUndefined();
    }
    expect(errors[0]?.explanation).toBe("canary");
  });

  it("are recognized by their brand across copies of the kit", () => {
    const error = new CoviuError({ code: "server", operation: "getSession", outcome: "unknown" });
    expect(CoviuError.is(error)).toBe(true);
    expect(CoviuError.is({ code: "server" })).toBe(false);
    expect(CoviuError.is(null)).toBe(false);
    expect(error).toBeInstanceOf(Error);
  });
});
