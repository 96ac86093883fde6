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
import { createRandom } from "../../src/sandbox/ids.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.ts";
import { createAccessTokenSource } from "../../src/server/index.ts";
import { inHours, testNow } from "../harness/testTime.ts";
import { tokenOf } from "../sandbox/connect.ts";
import { clinic, failure, operations, writes } from "./clinic.ts";
import { faultRow, type Scenario } from "./faultRow.ts";

type GetAccessToken = NonNullable<CoviuClientOptions["getAccessToken"]>;

afterEach(() => {
  vi.useRealTimers();
});

/** Records the requests for a token. */
function recordTokenRequests(getAccessToken: GetAccessToken) {
  const tokenRequests: { forceRefresh: boolean }[] = [];
  const source: GetAccessToken = (request) => {
    tokenRequests.push({ forceRefresh: request.forceRefresh });
    return getAccessToken(request);
  };
  return { tokenRequests, source };
}

/** Starts many reads at once, each with its own page number. */
function startLists(client: ReturnType<typeof createCoviuClient>, size: number): Promise<unknown>[] {
  return Array.from({ length: size }, (_, page) => listSessions(client, { page }));
}

/** Number of times the service received each read. */
function arrivalsPerRead(sandbox: Sandbox): number[] {
  const times = new Map<string, number>();
  for (const { operation, query } of sandbox.log.entries()) {
    if (operation !== "token") times.set(query["page"] ?? "", (times.get(query["page"] ?? "") ?? 0) + 1);
  }
  return [...times.values()];
}

faultRow(
  "T1",
  "for many requests with an expired token, one token is requested and all succeed",
  [20, 200].flatMap((size) => [
    {
      name: `token expired without notice × ${size} lists at once`,
      async run({ holds }) {
        const { sandbox } = await clinic();
        const { tokenRequests, source } = recordTokenRequests(sandbox.getAccessToken);
        const client = createCoviuClient({ ...sandbox, getAccessToken: source });
        await listSessions(client);
        sandbox.faults.expireTokens();
        sandbox.log.clear();
        tokenRequests.length = 0;
        const results = await Promise.allSettled(startLists(client, size));
        await holds("I4", () => expect(results.filter(({ status }) => status === "rejected")).toEqual([]));
        await holds("I8", () => expect(tokenRequests).toEqual([{ forceRefresh: true }]));
        await holds("I8", () => expect(Math.max(...arrivalsPerRead(sandbox))).toBeLessThanOrEqual(2));
      },
    },
    {
      name: `token with a known expiry × ${size} lists at once`,
      async run({ holds }) {
        vi.useFakeTimers({ now: Date.parse(testNow) });
        const { sandbox } = await clinic({}, { now: () => new Date() });
        const { tokenRequests, source } = recordTokenRequests(async (request) => {
          return { accessToken: await tokenOf(sandbox, request.forceRefresh), expiresAt: Date.now() + 300_000 };
        });
        const client = createCoviuClient({ ...sandbox, getAccessToken: source });
        await listSessions(client);
        vi.advanceTimersByTime(280_000);
        sandbox.log.clear();
        tokenRequests.length = 0;
        await Promise.all(startLists(client, size));
        await holds("I8", () => expect(tokenRequests).toHaveLength(1));
        await holds("I8", () => expect(arrivalsPerRead(sandbox)).toEqual(Array.from({ length: size }, () => 1)));
      },
    },
    {
      name: `no token yet × ${size} lists at once`,
      async run({ holds }) {
        const { sandbox } = await clinic();
        const { tokenRequests, source } = recordTokenRequests(sandbox.getAccessToken);
        await Promise.all(startLists(createCoviuClient({ ...sandbox, getAccessToken: source }), size));
        await holds("I8", () => expect(tokenRequests).toEqual([{ forceRefresh: false }]));
        await holds("I8", () => expect(arrivalsPerRead(sandbox)).toEqual(Array.from({ length: size }, () => 1)));
      },
    },
  ]) satisfies Scenario[],
);

faultRow("T2", "for responses with 401 in any order, one token is requested", [
  {
    name: "token expired without notice × 20 lists × responses shuffled",
    runs: 100,
    async run({ seed, holds }) {
      const random = createRandom(seed);
      const { sandbox } = await clinic();
      const { tokenRequests, source } = recordTokenRequests(sandbox.getAccessToken);
      const waiting: (() => void)[] = [];
      let isShuffled = false;
      const client = createCoviuClient({
        ...sandbox,
        getAccessToken: source,
        async fetch(input, init) {
          const response = await sandbox.fetch(input, init);
          if (isShuffled) await new Promise<void>((deliver) => waiting.push(deliver));
          return response;
        },
      });
      await listSessions(client);
      sandbox.faults.expireTokens();
      tokenRequests.length = 0;
      isShuffled = true;
      const open = new Set(startLists(client, 20));
      for (const request of open) void request.finally(() => open.delete(request)).catch(() => {});
      const all = Promise.allSettled(open);
      while (open.size > 0) {
        await new Promise((resolve) => setImmediate(resolve));
        waiting.splice(Math.floor(random() * waiting.length), 1)[0]?.();
      }
      const failed = (await all).filter(({ status }) => status === "rejected");
      await holds("I4", () => expect(failed).toEqual([]));
      await holds("I8", () => expect(tokenRequests).toHaveLength(1));
    },
  },
]);

const outages: Record<string, () => Promise<string>> = {
  "refuses the connection": () => Promise.reject(new TypeError("Failed to fetch")),
  "responds with 503": () => Promise.reject(new Error("503")),
};

faultRow(
  "T3",
  "while no token can be had, few are requested, and the first read after the outage succeeds",
  Object.entries(outages).flatMap(([fault, fail]) =>
    [1, 50].map((hooks) => ({
      name: `token endpoint ${fault} × ${hooks} lists every 5 s × 60 s`,
      async run({ holds }) {
        vi.useFakeTimers({ now: Date.parse(testNow) });
        const { sandbox, ids } = await clinic({}, { now: () => new Date() });
        let isDown = true;
        const { tokenRequests, source } = recordTokenRequests((request) =>
          isDown ? fail() : sandbox.getAccessToken(request),
        );
        const client = createCoviuClient({ ...sandbox, getAccessToken: source });
        const errors: unknown[] = [];
        for (let time = 0; time < 60; time += 5) {
          for (const request of startLists(client, hooks)) request.catch((error: unknown) => errors.push(error));
          await vi.advanceTimersByTimeAsync(5000);
        }
        await holds("I8", () => expect(tokenRequests.length).toBeLessThanOrEqual(4));
        await holds("I4", () => expect(errors).toHaveLength(12 * hooks));
        for (const error of errors) expect(error).toMatchObject({ code: "auth_unavailable", outcome: "not-sent" });
        isDown = false;
        client.connection.resume();
        await holds("I3", () => getSession(client, ids.sessionId));
        await holds("I4", () => expect(client.connection.state).toBe("up"));
      },
    })),
  ),
);

faultRow(
  "T4",
  "a request for a token that never ends fails after 10 s",
  operations.map(({ operation, call }) => ({
    name: `token endpoint hangs × ${operation}`,
    async run({ holds }) {
      vi.useFakeTimers({ now: Date.parse(testNow) });
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
  "requests wait for a slow token, which is requested once",
  [1, 20].map((size) => ({
    name: `token takes 9 s × ${size} lists`,
    async run({ holds }) {
      vi.useFakeTimers({ now: Date.parse(testNow) });
      const { sandbox } = await clinic({}, { now: () => new Date() });
      const { tokenRequests, source } = recordTokenRequests(async (request) => {
        await new Promise((resolve) => setTimeout(resolve, 9000));
        return sandbox.getAccessToken(request);
      });
      const all = Promise.all(startLists(createCoviuClient({ ...sandbox, getAccessToken: source }), size));
      await vi.advanceTimersByTimeAsync(9000);
      await holds("I3", () => all);
      await holds("I8", () => expect(tokenRequests).toHaveLength(1));
      await holds("I8", () => expect(Math.max(...arrivalsPerRead(sandbox))).toBe(1));
    },
  })),
);

const page = '<!doctype html><p>Hello canary-name, sign in</p><input value="canary-secret">';
const pages: Record<string, () => Response> = {
  "a login page": () => new Response(page, { headers: { "content-type": "text/html" } }),
  "HTML with a JSON content type": () => new Response(page, { headers: { "content-type": "application/json" } }),
  "an empty response": () => new Response(""),
};

faultRow(
  "T6",
  "a page of HTML in place of a token is a failure whose error quotes nothing of the page",
  Object.entries(pages).map(([fault, respond]) => ({
    name: `token endpoint responds with ${fault}`,
    async run({ holds }) {
      const { sandbox, ids } = await clinic();
      const getAccessToken = createAccessTokenSource({
        apiKey: "key",
        apiSecret: "canary-secret",
        baseUrl: sandbox.baseUrl,
        fetch: async () => respond(),
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
  "after a key is refused, there is one attempt and onAuthLost is called once",
  [400, 401, 403].flatMap((status) =>
    [1, 20].map((size) => ({
      name: `token endpoint responds with ${status} × ${size} lists`,
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
        const ends = await Promise.all(startLists(client, size).map(failure));
        for (const end of ends) expect(end).toMatchObject({ code: "auth_required", outcome: "not-sent" });
        await holds("I8", () => expect(attempts).toBe(1));
        await holds("I6", () => expect(onAuthLost).toHaveBeenCalledOnce());
        await failure(listSessions(client));
        await holds("I8", () => expect(attempts).toBe(1));
      },
    })),
  ),
);

const expiries: Record<string, (issued: number) => unknown> = {
  "is missing": () => undefined,
  "is now": (issued) => issued,
  "is in 1970": () => 0,
  "is negative": () => -1e15,
  "is text": () => "tomorrow",
  "is NaN": () => Number.NaN,
  "is infinite": () => Infinity,
  "is in a year": (issued) => issued + 365 * 86_400_000,
  "is in seconds": (issued) => issued / 1000,
};

faultRow(
  "T8",
  "with any lifetime of a token, there is no request loop",
  Object.entries(expiries).map(([shape, expiresAt]) => ({
    name: `expiresAt ${shape} × a list every half second × 5 min`,
    async run({ holds }) {
      vi.useFakeTimers({ now: Date.parse(testNow) });
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
      const mostIn30Seconds = Math.max(
        ...times.map((from) => times.filter((at) => at >= from && at < from + 30_000).length),
      );
      await holds("I8", () => expect(mostIn30Seconds).toBeLessThanOrEqual(10));
      await holds("I8", () => expect(times.length).toBeGreaterThan(0));
    },
  })),
);

const badTokens: Record<string, unknown> = {
  undefined: undefined,
  "an empty string": "",
  "an empty object": {},
  "a number": 7,
  null: null,
  "a token with a line break": "a\nb",
};

faultRow(
  "T12",
  "when getAccessToken fails in any way, there is one clear error within 10 s",
  [
    ...Object.entries(badTokens).map(([name, token]) => ({ name, get: async () => token, hint: "gave no token" })),
    { name: "a rejection", get: () => Promise.reject(new Error("canary-secret")), hint: "threw" },
    {
      name: "an exception",
      get() {
        throw new Error("canary-secret");
      },
      hint: "threw",
    },
    { name: "nothing", get: () => new Promise(() => {}), hint: "took too long" },
  ].map(({ name, get, hint }) => ({
    name: `getAccessToken returns ${name}`,
    async run({ holds }) {
      vi.useFakeTimers({ now: Date.parse(testNow) });
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

faultRow("T12", "the same token after a 401 means signed out", [
  {
    name: "getAccessToken returns the expired token again",
    async run({ holds }) {
      const { sandbox } = await clinic();
      const expired = await sandbox.getAccessToken({ forceRefresh: false, signal: new AbortController().signal });
      sandbox.faults.expireTokens();
      const { tokenRequests, source } = recordTokenRequests(async () => expired);
      const onAuthLost = vi.fn<() => void>();
      const client = createCoviuClient({ ...sandbox, getAccessToken: source, onAuthLost });
      const error = await failure(listSessions(client));
      await holds("I4", () => expect(error).toMatchObject({ code: "auth_required" }));
      await holds("I6", () => expect(onAuthLost).toHaveBeenCalledOnce());
      // The request and the sign-in check. A third request with the same token would fail as well.
      await holds("I8", () => expect(sandbox.log.count()).toBe(2));
      await holds("I8", () => expect(tokenRequests).toHaveLength(2));
    },
  },
]);

faultRow(
  "T9",
  "when every token is refused, auth_required is reported once and nothing more is sent",
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
      await Promise.all(startLists(client, 20).map(failure));
      await holds("I8", () => expect(sandbox.log.entries()).toEqual([]));
      await holds("I6", () => expect(onAuthLost).toHaveBeenCalledOnce());
      sandbox.faults.clear();
      client.connection.resume();
      await holds("I3", () => listSessions(client));
      await holds("I4", () => expect(client.connection.state).toBe("up"));
    },
  })),
);

faultRow("T9", "a response to an earlier request does not count as a new sign-in", [
  {
    name: "the response to a slow read arrives after the sign-in is lost",
    async run({ holds }) {
      vi.useFakeTimers({ now: new Date(testNow) });
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
      await Promise.all(startLists(client, 20).map(failure));
      await holds("I8", () => expect(sandbox.log.entries()).toEqual([]));
      await holds("I6", () => expect(onAuthLost).toHaveBeenCalledOnce());
    },
  },
]);

faultRow(
  "T10",
  "a canceled session that responds with 401 is not found, and the user stays signed in",
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
  "403 does not count as signed out",
  operations.map(({ operation, call }) => ({
    name: `403 × ${operation}`,
    async run({ holds }) {
      const { sandbox, ids } = await clinic();
      const { tokenRequests, source } = recordTokenRequests(sandbox.getAccessToken);
      const client = createCoviuClient({ ...sandbox, getAccessToken: source });
      sandbox.faults.next({ operation, status: 403 });
      const error = await failure(call(client, ids));
      await holds("I4", () => expect(error).toMatchObject({ code: "forbidden", outcome: "refused" }));
      await holds("I8", () => expect(tokenRequests).toEqual([{ forceRefresh: false }]));
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
        let tokenRequests = 0;
        const client = createCoviuClient({
          ...sandbox,
          getAccessToken: (request) => ((tokenRequests += 1) > 1 ? fail() : sandbox.getAccessToken(request)),
        });
        await listSessions(client);
        sandbox.faults.expireTokens();
        const before = sandbox.log.count();
        const error = await failure(call(client, ids));
        await holds("I4", () => expect(error).toMatchObject({ code: "auth_unavailable", outcome: "not-sent" }));
        const otherRequests = sandbox.log
          .entries()
          .slice(before)
          .filter(({ status }) => status !== 401);
        await holds("I2", () => expect(otherRequests).toEqual([]));
      },
    })),
  ),
);

faultRow(
  "T14",
  "the constructor throws if a secret is passed in a browser",
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

faultRow("T3", "the first booking after an outage of the token endpoint succeeds", [
  {
    name: "token endpoint down for 60 s × createSession",
    async run({ holds }) {
      vi.useFakeTimers({ now: Date.parse(testNow) });
      const { sandbox } = await clinic({}, { now: () => new Date() });
      let isDown = true;
      const client = createCoviuClient({
        ...sandbox,
        getAccessToken: (request) => (isDown ? Promise.reject(new Error("503")) : sandbox.getAccessToken(request)),
      });
      for (let time = 0; time < 60; time += 1) {
        startLists(client, 5).forEach((request) => void request.catch(() => {}));
        await vi.advanceTimersByTimeAsync(1000);
      }
      isDown = false;
      await holds("I3", () => createSession(client, { start_time: inHours(5), end_time: inHours(6) }));
      await holds("I2", () => expect(sandbox.log.count({ operation: "createSession", status: 200 })).toBe(1));
    },
  },
]);
