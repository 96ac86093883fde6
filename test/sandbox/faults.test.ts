import { describe, expect, it, vi } from "vitest";

import { createSession, listSessions } from "../../src/core.ts";
import { createSandbox, type SandboxLogEntry } from "../../src/sandbox/index.ts";
import { jsonOf, at, connect, now, tokenOf } from "./connect.ts";

const times = { start_time: at(60), end_time: at(90) };

/** Reads lists in sequence, and returns their statuses or errors. */
async function lists(call: ReturnType<typeof connect>["call"], count: number): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let index = 0; index < count; index += 1) {
    found.push(
      await call("GET", "/sessions").then(
        ({ status }) => status,
        (error: unknown) => Object(error).message,
      ),
    );
  }
  return found;
}

describe("a fault", () => {
  it("applies to the next request only", async () => {
    const { sandbox, call } = connect();
    sandbox.faults.next({ status: 503 });
    expect(await lists(call, 2)).toEqual([503, 200]);
  });

  it("applies after the given number of requests, and as often as given", async () => {
    const { sandbox, call } = connect();
    sandbox.faults.next({ status: 500, after: 2, times: 2 });
    expect(await lists(call, 5)).toEqual([200, 200, 500, 500, 200]);
  });

  it("can be limited to an operation or a method", async () => {
    const { sandbox, call } = connect();
    sandbox.faults.next({ status: 418, operation: "createSession" });
    sandbox.faults.next({ status: 419, method: "GET" });
    expect(await lists(call, 2)).toEqual([419, 200]);
    expect(await call("POST", "/sessions", { body: times })).toMatchObject({ status: 418 });
    expect(await call("POST", "/sessions", { body: times })).toMatchObject({ status: 200 });
  });

  it("applies after earlier faults", async () => {
    const { sandbox, call } = connect();
    sandbox.faults.next({ status: 500 });
    sandbox.faults.next({ status: 502 });
    expect(await lists(call, 3)).toEqual([500, 502, 200]);
  });

  it("responds with the given body and headers, changes nothing and is logged", async () => {
    const { sandbox } = connect();
    sandbox.faults.next({
      status: 429,
      body: "<p>slow</p>",
      headers: { "retry-after": "3", "content-type": "text/html" },
    });
    sandbox.faults.next({ status: 400, body: { error: { message: "No." } } });
    const slow = await sandbox.fetch(`${sandbox.baseUrl}/sessions?page=1`);
    expect(slow.headers.get("retry-after")).toBe("3");
    expect(slow.headers.get("content-type")).toBe("text/html");
    expect(await slow.text()).toBe("<p>slow</p>");
    const refused = await sandbox.fetch(`${sandbox.baseUrl}/sessions`, { method: "POST", body: JSON.stringify(times) });
    expect(await jsonOf(refused)).toEqual({ error: { message: "No." } });
    expect(sandbox.log.entries()).toMatchObject([
      { operation: "getSessionPage", query: { page: "1" }, status: 429, time: now },
      { operation: "createSession", status: 400 },
    ]);
  });

  it("can break the connection before the request has an effect", async () => {
    const { sandbox, client, call } = connect();
    sandbox.faults.next({ cut: "before-commit" });
    await expect(createSession(client, times)).rejects.toMatchObject({ code: "unreachable", outcome: "unknown" });
    expect(sandbox.log.count()).toBe(0);
    expect((await call("GET", "/sessions")).json["content"]).toEqual([]);
  });

  it("can break the connection after the effect, so that only the response is lost", async () => {
    const { sandbox, client, call } = connect();
    sandbox.faults.next({ cut: "after-commit" });
    await expect(createSession(client, times)).rejects.toMatchObject({ code: "unreachable", outcome: "unknown" });
    expect(sandbox.log.count({ operation: "createSession", status: 200 })).toBe(1);
    expect((await call("GET", "/sessions")).json["content"]).toHaveLength(1);
  });

  it("applies to a request for a token only with operation: token", async () => {
    const { sandbox } = connect();
    sandbox.faults.next({ status: 500 });
    sandbox.faults.next({ status: 503, operation: "token" });
    const token = () => sandbox.fetch(`${sandbox.baseUrl}/auth/token`, { method: "POST" });
    expect((await token()).status).toBe(503);
    expect((await token()).status).toBe(401);
    expect((await sandbox.fetch(`${sandbox.baseUrl}/sessions`)).status).toBe(500);
  });

  it("is removed by clear", async () => {
    const { sandbox, call } = connect();
    sandbox.faults.next({ status: 500, times: Infinity });
    sandbox.faults.offline(true);
    sandbox.faults.latency(1e6);
    void sandbox.faults.hold({});
    sandbox.faults.clear();
    expect(await lists(call, 2)).toEqual([200, 200]);
  });
});

describe("a hold", () => {
  it("holds back the response after the effect, until it is released", async () => {
    const { sandbox, client, call } = connect();
    const held = sandbox.faults.hold({ operation: "createSession" });
    const done = vi.fn<() => void>();
    const booking = createSession(client, times).finally(done);
    await held.reached;
    expect((await call("GET", "/sessions")).json["content"]).toHaveLength(1);
    expect(done).not.toHaveBeenCalled();
    held.release();
    await held.finished;
    await expect(booking).resolves.toMatchObject(times);
  });

  it("applies to the next matching request only", async () => {
    const { sandbox, call } = connect();
    const held = sandbox.faults.hold({ method: "GET" });
    const first = call("GET", "/sessions?page=0");
    await held.reached;
    await expect(call("GET", "/sessions?page=1")).resolves.toMatchObject({ status: 200 });
    held.release();
    await expect(first).resolves.toMatchObject({ status: 200 });
  });

  it("ends when the caller aborts", async () => {
    const { sandbox, call } = connect();
    const held = sandbox.faults.hold({});
    const controller = new AbortController();
    const read = call("GET", "/sessions", { signal: controller.signal });
    await held.reached;
    controller.abort(new Error("aborted by the caller"));
    await expect(read).rejects.toThrow("aborted by the caller");
    await held.finished;
  });
});

describe("the connection", () => {
  it("fails while offline, and no request arrives", async () => {
    const { sandbox, client, call } = connect();
    sandbox.faults.offline(true);
    await expect(createSession(client, times)).rejects.toMatchObject({ code: "unreachable" });
    expect(sandbox.log.count()).toBe(0);
    sandbox.faults.offline(false);
    expect(await call("GET", "/sessions")).toMatchObject({ json: { content: [] } });
  });

  it.each([
    ["latency", () => connect({ latencyMs: 700 })],
    ["latency set later", () => connectWith((sandbox) => sandbox.faults.latency(700))],
    ["a delay", () => connectWith((sandbox) => sandbox.faults.next({ delayMs: 700 }))],
  ])("waits for %s, and ends at once when the caller aborts", async (_, open) => {
    vi.useFakeTimers();
    try {
      const { sandbox } = open();
      const onResponse = vi.fn<() => void>();
      const response = sandbox.fetch(`${sandbox.baseUrl}/sessions`).then(onResponse);
      await vi.advanceTimersByTimeAsync(699);
      expect(onResponse).not.toHaveBeenCalled();
      expect(sandbox.log.entries()).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      await response;
      expect(onResponse).toHaveBeenCalledOnce();

      sandbox.faults.latency(700);
      const controller = new AbortController();
      const read = sandbox.fetch(`${sandbox.baseUrl}/sessions`, { signal: controller.signal });
      controller.abort(new Error("aborted by the caller"));
      await expect(read).rejects.toThrow("aborted by the caller");
      await vi.advanceTimersByTimeAsync(1000);
      expect(sandbox.log.entries()).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it("rejects a request that was aborted before it was sent, and does not log it", async () => {
    const { sandbox, call } = connect();
    const reason = new Error("aborted by the caller");
    const signal = AbortSignal.abort(reason);
    await expect(call("POST", "/sessions", { body: times, signal })).rejects.toBe(reason);
    await expect(sandbox.fetch(new Request(`${sandbox.baseUrl}/sessions`, { signal }))).rejects.toBe(reason);
    expect(sandbox.log.count()).toBe(0);
    expect(await call("GET", "/sessions")).toMatchObject({ json: { content: [] } });
  });

  it("applies a fault only to a request that is sent", async () => {
    const { sandbox, call } = connect();
    sandbox.faults.next({ status: 500 });
    await expect(call("GET", "/sessions", { signal: AbortSignal.abort() })).rejects.toThrow("aborted");
    expect(await lists(call, 2)).toEqual([500, 200]);
  });
});

it("expireTokens expires all tokens so far, and no later ones", async () => {
  const { sandbox, call } = connect();
  expect(await lists(call, 1)).toEqual([200]);
  sandbox.faults.expireTokens();
  expect(await lists(call, 2)).toEqual([401, 401]);
  await tokenOf(sandbox, true);
  expect(await lists(call, 1)).toEqual([200]);
});

describe("reset", () => {
  it("restores the seed with the same ids, and removes bookings, faults and the log", async () => {
    const { sandbox, client, call } = connect({ seed: 3 });
    const before = await call("GET", "/sessions");
    const booked = await createSession(client, times);
    sandbox.faults.next({ status: 500 });
    sandbox.faults.offline(true);
    sandbox.reset();
    expect(sandbox.log.entries()).toEqual([]);
    expect(await call("GET", "/sessions")).toEqual(before);
    expect(await call("GET", `/sessions/${booked.session_id}`)).toMatchObject({ status: 404 });
  });
});

describe("the log", () => {
  it("contains every request in order, with body and status", async () => {
    const { sandbox, client } = connect();
    await createSession(client, times);
    await listSessions(client, { state: "user-1" });
    expect(sandbox.log.entries().filter(({ operation }) => operation !== "token")).toEqual([
      {
        operation: "createSession",
        method: "POST",
        path: "/v1/sessions",
        query: {},
        body: times,
        status: 200,
        time: now,
      },
      {
        operation: "getSessionPage",
        method: "GET",
        path: "/v1/sessions",
        query: { state: "user-1" },
        status: 200,
        time: now,
      },
    ]);
  });

  it("counts by operation, method and status, and requests for tokens only on demand", async () => {
    const { sandbox, client, call } = connect();
    await createSession(client, times);
    await call("POST", "/sessions", { body: {} });
    await call("GET", "/sessions");
    expect(sandbox.log.count()).toBe(3);
    expect(sandbox.log.count({ operation: "createSession" })).toBe(2);
    expect(sandbox.log.count({ method: "POST", status: 400 })).toBe(1);
    expect(sandbox.log.count({ operation: "token" })).toBe(1);
    sandbox.log.clear();
    expect(sandbox.log.count()).toBe(0);
  });

  it("contains no token, key or secret, and onRequest receives none", async () => {
    const reported: SandboxLogEntry[] = [];
    const key = "clinic-key";
    const secret = "clinic-secret";
    const sandbox = createSandbox({ now, key, secret, onRequest: (entry) => reported.push(entry) });
    const response = await sandbox.fetch(`${sandbox.baseUrl}/auth/token`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${key}:${secret}`)}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    const json = await jsonOf(response);
    const token = String(json["access_token"]);
    await sandbox.fetch(`${sandbox.baseUrl}/auth/token`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${key}:${secret}`)}` },
      body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: String(json["refresh_token"]) }),
    });
    await sandbox.fetch(`${sandbox.baseUrl}/auth/token`, { method: "POST", body: JSON.stringify({ key, secret }) });
    await sandbox.fetch(`${sandbox.baseUrl}/sessions`, { headers: { authorization: `Bearer ${token}` } });
    expect(reported.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      "token 200",
      "token 200",
      "token 401",
      "getSessionPage 200",
    ]);
    expect(reported).toEqual(sandbox.log.entries());
    const text = JSON.stringify(reported);
    for (const canary of [token, String(json["refresh_token"]), key, secret, btoa(`${key}:${secret}`)]) {
      expect(text).not.toContain(canary);
    }
  });
});

function connectWith(set: (sandbox: ReturnType<typeof createSandbox>) => void) {
  const connected = connect();
  set(connected.sandbox);
  return connected;
}
