// @vitest-environment node
import { afterEach, expect, vi } from "vitest";

import {
  CoviuError,
  type CoviuClientOptions,
  createCoviuClient,
  createSession,
  getSession,
  listSessions,
} from "../../src/core.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.ts";
import { createAccessTokenSource } from "../../src/server/index.ts";
import { tokenOf } from "../sandbox/connect.ts";
import { faultRow, type Scenario } from "./faultRow.ts";
import { clinic, failure, inHours, now, operations, randomOf, writes } from "./operations.ts";

type GetAccessToken = NonNullable<CoviuClientOptions["getAccessToken"]>;

afterEach(() => {
  vi.useRealTimers();
});

/** Counts how often a token is asked for. */
function counted(getAccessToken: GetAccessToken) {
  const asked: { forceRefresh: boolean }[] = [];
  const source: GetAccessToken = (request) => {
    asked.push({ forceRefresh: request.forceRefresh });
    return getAccessToken(request);
  };
  return { asked, source };
}

/** Many requests at once, of which each names itself. */
function storm(client: ReturnType<typeof createCoviuClient>, size: number): Promise<unknown>[] {
  return Array.from({ length: size }, (_, page) => listSessions(client, { page }));
}

/** How often the service got each request. */
function arrivals(sandbox: Sandbox): number[] {
  const times = new Map<string, number>();
  for (const { operation, query } of sandbox.log.entries()) {
    if (operation !== "token") times.set(query["page"] ?? "", (times.get(query["page"] ?? "") ?? 0) + 1);
  }
  return [...times.values()];
}

faultRow(
  "T1",
  "an expired token is renewed once for any number of requests",
  [20, 200].flatMap((size) => [
    {
      name: `token died unseen × ${size} lists at once`,
      async run({ holds }) {
        const { sandbox } = await clinic();
        const { asked, source } = counted(sandbox.getAccessToken);
        const client = createCoviuClient({ ...sandbox, getAccessToken: source });
        await listSessions(client);
        sandbox.faults.expireTokens();
        sandbox.log.clear();
        asked.length = 0;
        const answers = await Promise.allSettled(storm(client, size));
        await holds("I4", () => expect(answers.filter(({ status }) => status === "rejected")).toEqual([]));
        await holds("I8", () => expect(asked).toEqual([{ forceRefresh: true }]));
        await holds("I8", () => expect(Math.max(...arrivals(sandbox))).toBeLessThanOrEqual(2));
      },
    },
    {
      name: `token known to be old × ${size} lists at once`,
      async run({ holds }) {
        vi.useFakeTimers({ now: Date.parse(now) });
        const { sandbox } = await clinic({}, { now: () => new Date() });
        const { asked, source } = counted(async (request) => {
          return { accessToken: await tokenOf(sandbox, request.forceRefresh), expiresAt: Date.now() + 300_000 };
        });
        const client = createCoviuClient({ ...sandbox, getAccessToken: source });
        await listSessions(client);
        vi.advanceTimersByTime(280_000);
        sandbox.log.clear();
        asked.length = 0;
        await Promise.all(storm(client, size));
        await holds("I8", () => expect(asked).toHaveLength(1));
        await holds("I8", () => expect(arrivals(sandbox)).toEqual(Array.from({ length: size }, () => 1)));
      },
    },
    {
      name: `no token yet × ${size} lists at once`,
      async run({ holds }) {
        const { sandbox } = await clinic();
        const { asked, source } = counted(sandbox.getAccessToken);
        await Promise.all(storm(createCoviuClient({ ...sandbox, getAccessToken: source }), size));
        await holds("I8", () => expect(asked).toEqual([{ forceRefresh: false }]));
        await holds("I8", () => expect(arrivals(sandbox)).toEqual(Array.from({ length: size }, () => 1)));
      },
    },
  ]) satisfies Scenario[],
);

faultRow("T2", "answers of 401 in any order cause one request for a token", [
  {
    name: "token died unseen × 20 lists × answers shuffled",
    runs: 100,
    async run({ seed, holds }) {
      const random = randomOf(seed);
      const { sandbox } = await clinic();
      const { asked, source } = counted(sandbox.getAccessToken);
      const waiting: (() => void)[] = [];
      let shuffled = false;
      const client = createCoviuClient({
        ...sandbox,
        getAccessToken: source,
        async fetch(input, init) {
          const response = await sandbox.fetch(input, init);
          if (shuffled) await new Promise<void>((deliver) => waiting.push(deliver));
          return response;
        },
      });
      await listSessions(client);
      sandbox.faults.expireTokens();
      asked.length = 0;
      shuffled = true;
      const open = new Set(storm(client, 20));
      for (const request of open) void request.finally(() => open.delete(request)).catch(() => {});
      const all = Promise.allSettled(open);
      while (open.size > 0) {
        await new Promise((resolve) => setImmediate(resolve));
        waiting.splice(Math.floor(random() * waiting.length), 1)[0]?.();
      }
      const failed = (await all).filter(({ status }) => status === "rejected");
      await holds("I4", () => expect(failed).toEqual([]));
      await holds("I8", () => expect(asked).toHaveLength(1));
    },
  },
]);

const outages: Record<string, () => Promise<string>> = {
  "refuses the connection": () => Promise.reject(new TypeError("Failed to fetch")),
  "answers 503": () => Promise.reject(new Error("503")),
};

faultRow(
  "T3",
  "a token that can't be had for a minute is asked for a few times, and the first click afterwards works",
  Object.entries(outages).flatMap(([fault, fail]) =>
    [1, 50].map((hooks) => ({
      name: `token endpoint ${fault} × ${hooks} lists every 5 s × 60 s`,
      async run({ holds }) {
        vi.useFakeTimers({ now: Date.parse(now) });
        const { sandbox, ids } = await clinic({}, { now: () => new Date() });
        let dead = true;
        const { asked, source } = counted((request) => (dead ? fail() : sandbox.getAccessToken(request)));
        const client = createCoviuClient({ ...sandbox, getAccessToken: source });
        const errors: unknown[] = [];
        for (let time = 0; time < 60; time += 5) {
          for (const request of storm(client, hooks)) request.catch((error: unknown) => errors.push(error));
          await vi.advanceTimersByTimeAsync(5000);
        }
        await holds("I8", () => expect(asked.length).toBeLessThanOrEqual(4));
        await holds("I4", () => expect(errors).toHaveLength(12 * hooks));
        for (const error of errors) expect(error).toMatchObject({ code: "auth_unavailable", outcome: "not-sent" });
        dead = false;
        client.connection.resume();
        await holds("I3", () => getSession(client, ids.sessionId));
        await holds("I4", () => expect(client.connection.state).toBe("up"));
      },
    })),
  ),
);

faultRow(
  "T4",
  "a token that never comes ends the wait after ten seconds",
  operations.map(({ operation, call }) => ({
    name: `token endpoint hangs × ${operation}`,
    async run({ holds }) {
      vi.useFakeTimers({ now: Date.parse(now) });
      const { sandbox, client, ids } = await clinic({ getAccessToken: () => new Promise(() => {}) });
      const end = failure(call(client, ids));
      await vi.advanceTimersByTimeAsync(10_000);
      await holds("I3", async () => expect(await end).toMatchObject({ code: "auth_unavailable", outcome: "not-sent" }));
      await holds("I8", () => expect(sandbox.log.count()).toBe(0));
    },
  })),
);

faultRow(
  "T5",
  "a slow token is waited for, once",
  [1, 20].map((size) => ({
    name: `token takes 9 s × ${size} lists`,
    async run({ holds }) {
      vi.useFakeTimers({ now: Date.parse(now) });
      const { sandbox } = await clinic({}, { now: () => new Date() });
      const { asked, source } = counted(async (request) => {
        await new Promise((resolve) => setTimeout(resolve, 9000));
        return sandbox.getAccessToken(request);
      });
      const all = Promise.all(storm(createCoviuClient({ ...sandbox, getAccessToken: source }), size));
      await vi.advanceTimersByTimeAsync(9000);
      await holds("I3", () => all);
      await holds("I8", () => expect(asked).toHaveLength(1));
      await holds("I8", () => expect(Math.max(...arrivals(sandbox))).toBe(1));
    },
  })),
);

const page = '<!doctype html><p>Hello canary-name, sign in</p><input value="canary-secret">';
const pages: Record<string, () => Response> = {
  "a login page": () => new Response(page, { headers: { "content-type": "text/html" } }),
  "a page that says it is JSON": () => new Response(page, { headers: { "content-type": "application/json" } }),
  "an empty answer": () => new Response(""),
};

faultRow(
  "T6",
  "a page in place of a token is a failure that quotes nothing of it",
  Object.entries(pages).map(([fault, answer]) => ({
    name: `token endpoint answers ${fault}`,
    async run({ holds }) {
      const { sandbox, ids } = await clinic();
      const getAccessToken = createAccessTokenSource({
        apiKey: "key",
        apiSecret: "canary-secret",
        baseUrl: sandbox.baseUrl,
        fetch: async () => answer(),
      });
      const client = createCoviuClient({ ...sandbox, getAccessToken });
      const error = await failure(getSession(client, ids.sessionId));
      await holds("I4", () => expect(error).toMatchObject({ code: "auth_unavailable", outcome: "not-sent" }));
      const printed = error instanceof Error ? `${String(error)}${error.stack}${JSON.stringify(error)}` : "";
      await holds("I5", () => expect(printed).not.toContain("canary"));
    },
  })),
);

faultRow(
  "T7",
  "a key that was refused is final: one attempt, and the app is told once",
  [400, 401, 403].flatMap((status) =>
    [1, 20].map((size) => ({
      name: `token endpoint answers ${status} × ${size} lists`,
      async run({ holds }) {
        const { sandbox } = await clinic();
        let attempts = 0;
        const getAccessToken = createAccessTokenSource({
          apiKey: "key",
          apiSecret: "secret",
          baseUrl: sandbox.baseUrl,
          async fetch() {
            attempts += 1;
            return new Response("{}", { status });
          },
        });
        const onAuthLost = vi.fn<() => void>();
        const client = createCoviuClient({ ...sandbox, getAccessToken, onAuthLost });
        const ends = await Promise.all(storm(client, size).map(failure));
        for (const end of ends) expect(end).toMatchObject({ code: "auth_required", outcome: "not-sent" });
        await holds("I8", () => expect(attempts).toBe(1));
        await holds("I6", () => expect(onAuthLost).toHaveBeenCalledOnce());
        await failure(listSessions(client));
        await holds("I8", () => expect(attempts).toBe(1));
      },
    })),
  ),
);

const ends: Record<string, (issued: number) => unknown> = {
  "is missing": () => undefined,
  "is now": (issued) => issued,
  "is long past": () => 0,
  "is negative": () => -1e15,
  "is text": () => "tomorrow",
  "is nothing a number can be": () => Number.NaN,
  "is endless": () => Infinity,
  "is a year away": (issued) => issued + 365 * 86_400_000,
  "is in seconds": (issued) => issued / 1000,
};

faultRow(
  "T8",
  "whatever end a token is said to have, it is not asked for over and over",
  Object.entries(ends).map(([shape, expiresAt]) => ({
    name: `the end ${shape} × a list every half second × 5 min`,
    async run({ holds }) {
      vi.useFakeTimers({ now: Date.parse(now) });
      const { sandbox } = await clinic({}, { now: () => new Date() });
      const times: number[] = [];
      const client = createCoviuClient({
        ...sandbox,
        async getAccessToken(request) {
          times.push(Date.now());
          const accessToken = await tokenOf(sandbox, request.forceRefresh);
          return JSON.parse(JSON.stringify({ accessToken }), (key, value: unknown) =>
            key === "" && typeof value === "object" ? { ...value, expiresAt: expiresAt(Date.now()) } : value,
          );
        },
      });
      for (let step = 0; step < 600; step += 1) {
        await listSessions(client);
        await vi.advanceTimersByTimeAsync(500);
      }
      const busiest = Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 30_000).length));
      await holds("I8", () => expect(busiest).toBeLessThanOrEqual(10));
      await holds("I8", () => expect(times.length).toBeGreaterThan(0));
    },
  })),
);

const badTokens: Record<string, unknown> = {
  "no answer": undefined,
  "an empty text": "",
  "no token": {},
  "a number": 7,
  null: null,
  "a token with a line break": "a\nb",
};

faultRow(
  "T12",
  "however getAccessToken misbehaves, there is one clear failure",
  [
    ...Object.entries(badTokens).map(([name, answer]) => ({ name, get: async () => answer, hint: "gave no token" })),
    { name: "an exception", get: () => Promise.reject(new Error("canary-secret")), hint: "threw" },
    {
      name: "an exception at once",
      get() {
        throw new Error("canary-secret");
      },
      hint: "threw",
    },
    { name: "silence", get: () => new Promise(() => {}), hint: "took too long" },
  ].map(({ name, get, hint }) => ({
    name: `getAccessToken gives ${name}`,
    async run({ holds }) {
      vi.useFakeTimers({ now: Date.parse(now) });
      const { sandbox, ids } = await clinic();
      const options = JSON.parse("{}", () => ({ ...sandbox, getAccessToken: get }));
      const client = createCoviuClient(options);
      const end = failure(getSession(client, ids.sessionId));
      await vi.advanceTimersByTimeAsync(10_000);
      const error = await end;
      await holds("I3", () => expect(error).toMatchObject({ code: "auth_unavailable", outcome: "not-sent" }));
      await holds("I4", () => expect(String(error)).toContain(hint));
      await holds("I5", () => expect(`${String(error)}${JSON.stringify(error)}`).not.toContain("canary"));
      await holds("I8", () => expect(sandbox.log.count()).toBe(0));
    },
  })),
);

faultRow("T12", "the same token after a 401 is a sign-in that is lost", [
  {
    name: "getAccessToken gives the dead token again",
    async run({ holds }) {
      const { sandbox } = await clinic();
      const dead = await sandbox.getAccessToken({ forceRefresh: false, signal: new AbortController().signal });
      sandbox.faults.expireTokens();
      const { asked, source } = counted(async () => dead);
      const onAuthLost = vi.fn<() => void>();
      const client = createCoviuClient({ ...sandbox, getAccessToken: source, onAuthLost });
      const error = await failure(listSessions(client));
      await holds("I4", () => expect(error).toMatchObject({ code: "auth_required" }));
      await holds("I6", () => expect(onAuthLost).toHaveBeenCalledOnce());
      // The request and the probe: a third with the same token could only fail, too.
      await holds("I8", () => expect(sandbox.log.count()).toBe(2));
      await holds("I8", () => expect(asked).toHaveLength(2));
    },
  },
]);

faultRow(
  "T9",
  "a sign-in that is over is found out once, and nothing more is sent",
  operations.map(({ operation, call }) => ({
    name: `every token is refused × ${operation}`,
    async run({ holds }) {
      const onAuthLost = vi.fn<() => void>();
      const { sandbox, client, ids } = await clinic({ onAuthLost });
      sandbox.faults.next({ status: 401, times: Infinity });
      const error = await failure(call(client, ids));
      await holds("I4", () => expect(error).toMatchObject({ code: "auth_required", outcome: "refused" }));
      await holds("I8", () => expect(sandbox.log.count({ operation })).toBeLessThanOrEqual(3));
      sandbox.log.clear();
      await Promise.all(storm(client, 20).map(failure));
      await holds("I8", () => expect(sandbox.log.entries()).toEqual([]));
      await holds("I6", () => expect(onAuthLost).toHaveBeenCalledOnce());
      sandbox.faults.clear();
      client.connection.resume();
      await holds("I3", () => listSessions(client));
      await holds("I4", () => expect(client.connection.state).toBe("up"));
    },
  })),
);

faultRow("T9", "an answer from before does not say that the sign-in is back", [
  {
    name: "a slow read is answered after the sign-in is over",
    async run({ holds }) {
      vi.useFakeTimers({ now: new Date(now) });
      const onAuthLost = vi.fn<() => void>();
      const { sandbox, client, ids } = await clinic({ onAuthLost });
      sandbox.faults.next({ operation: "getSessionById", delayMs: 5000 });
      sandbox.faults.next({ operation: "getSessionPage", status: 401, times: Infinity });
      const slow = getSession(client, ids.sessionId);
      await holds("I4", async () =>
        expect(await failure(listSessions(client))).toMatchObject({ code: "auth_required" }),
      );
      await vi.advanceTimersByTimeAsync(6000);
      await holds("I4", async () => expect(await slow).toMatchObject({ session_id: ids.sessionId }));
      await holds("I4", () => expect(client.connection.state).toBe("signed-out"));
      sandbox.log.clear();
      await Promise.all(storm(client, 20).map(failure));
      await holds("I8", () => expect(sandbox.log.entries()).toEqual([]));
      await holds("I6", () => expect(onAuthLost).toHaveBeenCalledOnce());
    },
  },
]);

faultRow(
  "T10",
  "a canceled session that answers 401 signs nobody out",
  operations
    .filter(({ operation }) => ["getSessionById", "updateSession", "deleteSession"].includes(operation))
    .flatMap(({ operation, call }) =>
      [1, 20].map((size) => ({
        name: `session canceled elsewhere × ${size} × ${operation}`,
        async run({ holds }) {
          const onAuthLost = vi.fn<() => void>();
          const { sandbox, client, ids } = await clinic({ onAuthLost }, { dialect: "observed" });
          await sandbox.app.request(`/v1/sessions/${ids.sessionId}`, {
            method: "DELETE",
            headers: { authorization: `Bearer ${await tokenOf(sandbox)}` },
          });
          await listSessions(client);
          const errors = await Promise.all(Array.from({ length: size }, () => failure(call(client, ids))));
          for (const error of errors) expect(error).toMatchObject({ code: "not_found" });
          await holds("I4", () => expect(client.connection.state).toBe("up"));
          await holds("I6", () => expect(onAuthLost).not.toHaveBeenCalled());
          await holds("I3", () => listSessions(client));
        },
      })),
    ),
);

faultRow(
  "T11",
  "403 is no lost sign-in",
  operations.map(({ operation, call }) => ({
    name: `403 × ${operation}`,
    async run({ holds }) {
      const { sandbox, ids } = await clinic();
      const { asked, source } = counted(sandbox.getAccessToken);
      const client = createCoviuClient({ ...sandbox, getAccessToken: source });
      sandbox.faults.next({ operation, status: 403 });
      const error = await failure(call(client, ids));
      await holds("I4", () => expect(error).toMatchObject({ code: "forbidden", outcome: "refused" }));
      await holds("I8", () => expect(asked).toEqual([{ forceRefresh: false }]));
      await holds("I8", () => expect(sandbox.log.count({ operation })).toBe(1));
      await holds("I4", () => expect(client.connection.state).toBe("up"));
    },
  })),
);

faultRow(
  "T13",
  "a write whose token can't be renewed is not sent",
  writes.flatMap(({ operation, call }) =>
    Object.entries(outages).map(([fault, fail]) => ({
      name: `refresh ${fault} × ${operation}`,
      async run({ holds }) {
        const { sandbox, ids } = await clinic();
        let asked = 0;
        const client = createCoviuClient({
          ...sandbox,
          getAccessToken: (request) => ((asked += 1) > 1 ? fail() : sandbox.getAccessToken(request)),
        });
        await listSessions(client);
        sandbox.faults.expireTokens();
        const before = sandbox.log.count();
        const error = await failure(call(client, ids));
        await holds("I4", () => expect(error).toMatchObject({ code: "auth_unavailable", outcome: "not-sent" }));
        const done = sandbox.log
          .entries()
          .slice(before)
          .filter(({ status }) => status !== 401);
        await holds("I2", () => expect(done).toEqual([]));
      },
    })),
  ),
);

faultRow(
  "T14",
  "a secret in a browser is refused by the constructor",
  ["apiSecret", "clientSecret", "client_secret", "keySecret", "secret", "apiKey", "password"].map((name) => ({
    name: `createCoviuClient({ ${name} })`,
    async run({ holds }) {
      const options = { ...createSandbox({ seed: "none" }), [name]: "canary-secret" };
      let error: unknown;
      try {
        createCoviuClient(options);
      } catch (caught) {
        error = caught;
      }
      await holds("I5", () => expect(String(error)).toMatch(/stay on your server/));
      await holds("I5", () => expect(String(error)).not.toContain("canary"));
      expect(CoviuError.is(error)).toBe(false);
    },
  })),
);

faultRow("T3", "a booking is possible again with the first click after an outage of the token endpoint", [
  {
    name: "token endpoint dead for 60 s × createSession by a click",
    async run({ holds }) {
      vi.useFakeTimers({ now: Date.parse(now) });
      const { sandbox } = await clinic({}, { now: () => new Date() });
      let dead = true;
      const client = createCoviuClient({
        ...sandbox,
        getAccessToken: (request) => (dead ? Promise.reject(new Error("503")) : sandbox.getAccessToken(request)),
      });
      for (let time = 0; time < 60; time += 1) {
        storm(client, 5).forEach((request) => void request.catch(() => {}));
        await vi.advanceTimersByTimeAsync(1000);
      }
      dead = false;
      await holds("I3", () => createSession(client, { start_time: inHours(5), end_time: inHours(6) }));
      await holds("I2", () => expect(sandbox.log.count({ operation: "createSession", status: 200 })).toBe(1));
    },
  },
]);
