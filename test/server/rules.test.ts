/* oxlint-disable typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-assertion, typescript/unbound-method, unicorn/no-thenable -- apps in JavaScript may pass any type; a store has no `this` */
import { describe, expect, it, vi } from "vitest";

import { type CoviuProxyOptions, ownSessions } from "../../src/server/index.ts";
import {
  authenticate,
  type ClinicOptions,
  createClinic,
  credentials,
  inTime,
  type User,
  fakeClockAtNow,
} from "./clinic.ts";

fakeClockAtNow();

const secretMessage = "Ana Lee, secret-of-the-app";
/** Wrong return values of rules in JavaScript: none is a decision, a user, a string or parameters of a list. */
const wrongValues: [string, () => unknown][] = [
  ["a promise of a string", async () => "no"],
  ["a string", () => "no"],
  ["an empty string", () => ""],
  ["an object", () => ({})],
  ["another object", () => ({ allowed: true })],
  ["an object for true", () => Object(true)],
  ["1", () => 1],
  ["0", () => 0],
  ["NaN", () => NaN],
  ["a list", () => []],
  ["a list of true", () => [true]],
  ["undefined", () => undefined],
  ["null", () => null],
  ["a function", () => () => true],
  ["a symbol", () => Symbol("yes")],
  ["a big number", () => 1n],
  ["a date", () => new Date()],
  ["a thrown error", () => raise(new Error(secretMessage))],
  ["a thrown string", () => raise(secretMessage)],
  ["a rejection", () => Promise.reject(new Error(secretMessage))],
  ["a thenable of a string", () => ({ then: (settle: (value: string) => void) => settle("yes") })],
  ["a thenable that throws", () => ({ then: () => raise(new Error(secretMessage)) })],
  ["a promise of nothing", async () => undefined],
  ["a promise that never settles", () => new Promise(() => {})],
  ["a thenable that never settles", () => ({ then: () => {} })],
];

function raise(value: unknown): never {
  throw value;
}

/** Rules that are replaced by one with a wrong value. */
const rules: Record<string, (value: () => unknown) => object> = {
  authenticate: (value) => ({ authenticate: value }),
  authorize: (value) => ({ authorize: value }),
  filter: (value) => ({ filter: value }),
  narrow: (value) => ({ narrow: value }),
  seesAll: (value) => ownSessions<User>({ seesAll: value as () => boolean }),
  stateOf: (value) => ownSessions<User>({ stateOf: value as () => string }),
};
/** Options of `ownSessions`. Their errors are reported as those of the created rules. */
const ownRules = { seesAll: true, stateOf: true };
const bookingOfOther = {
  method: "POST",
  path: "sessions",
  body: {
    session_name: "Knee rehab",
    start_time: "2026-01-13T00:00:00Z",
    end_time: "2026-01-13T00:30:00Z",
    participants: [{ display_name: "Dr", role: "HOST", state: "clinician-okafor" }],
  },
};

describe.each(Object.entries(rules))("%s", (name, rule) => {
  it.each(wrongValues)(
    "that returns %s gives no further access, and is reported to onError",
    async (valueName, value) => {
      const clinic = createClinic(rule(value) as ClinicOptions);
      const list = await inTime(clinic.send("chen", "sessions?page_size=50"));
      const { content = [], ...rest } = await list.json();
      // Rules about rows may allow the sessions of this clinician.
      for (const row of content) expect(JSON.stringify(row)).toContain("clinician-chen");
      const { content: all } = await inTime(createClinic().send("desk", "sessions")).then((response) =>
        response.json(),
      );
      const theirs = all.find((row: object) => !JSON.stringify(row).includes("clinician-chen"));
      const read =
        name === "filter" || name === "narrow"
          ? undefined
          : await inTime(clinic.send("chen", `sessions/${theirs.session_id}`));
      if (read) expect([401, 403, 404, 500, 503]).toContain(read.status);
      if (read) expect(await read.text()).not.toContain(theirs.session_name);
      const write =
        name === "filter" || name === "narrow" ? undefined : await inTime(clinic.write("chen", bookingOfOther));
      if (write) expect([401, 403, 404, 500, 503]).toContain(write.status);
      expect(clinic.writes()).toBe(0);
      expect(JSON.stringify([rest, write?.json, clinic.events])).not.toMatch(/Ana|secret-of/);

      const isValid =
        // Parameters without a field, and a string that could be a `state`.
        (name === "narrow" && valueName === "an object") ||
        (name === "stateOf" && /^(a promise|a thenable)? ?(of )?a string$/.test(valueName));
      const isDenied = ["undefined", "null", "a promise of nothing"].includes(valueName);
      if (list.status >= 500) expect(clinic.errors.length).toBeGreaterThan(0);
      else expect(isDenied || isValid).toBe(true);
      for (const { event } of clinic.errors) {
        expect(name in ownRules ? ["authorize", "filter", "narrow"] : [name]).toContain(event.source);
        expect(JSON.stringify(event)).not.toMatch(/Ana|secret-of/);
      }
    },
  );
});

it.each<[string, Partial<CoviuProxyOptions<User>>]>([
  ["promises of true", { authorize: async () => true, filter: async () => true }],
  ["thenables of true", { authorize: () => thenable(true), filter: () => thenable(true) }],
  ["ownSessions with promises", ownSessions<User>({ seesAll: async () => true, stateOf: async ({ id }) => id })],
  ["narrow with a promise", { authorize: () => true, filter: () => true, narrow: async (_, params) => params }],
  ["authenticate with a promise", { authenticate: async (request) => authenticate(request), authorize: () => true }],
])("%s are waited for", async (_, options) => {
  const { send, errors } = createClinic({ filter: () => true, narrow: undefined, ...options });
  const response = await inTime(send("chen", "sessions?page_size=200"));
  const { content } = await response.json();
  expect(content.some((row: object) => !JSON.stringify(row).includes("clinician-chen"))).toBe(true);
  expect(errors).toEqual([]);
});

function thenable(value: boolean): Promise<boolean> {
  const then = (settle: (settled: boolean) => void) => settle(value);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion, unicorn/no-thenable -- older libraries return thenables
  return { then } as unknown as Promise<boolean>;
}

it("seesAll that returns a promise of false gives no clinician access to all sessions", async () => {
  const rule = ownSessions<User>({ seesAll: async ({ role }) => role === "reception" });
  const { send } = createClinic(rule);
  for (const [user, isAll] of [
    ["chen", false],
    ["desk", true],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop
    const { content } = await inTime(send(user, "sessions?page_size=200")).then((response) => response.json());
    expect(content.every((row: object) => JSON.stringify(row).includes("clinician-chen"))).toBe(!isAll);
    expect(content.length).toBeGreaterThan(3);
  }
});

describe("narrow", () => {
  it("as an async function narrows the parameters for the service", async () => {
    const urls: string[] = [];
    const clinic = createClinic();
    const { send } = clinic.server({
      narrow: async (user, params) => ({ ...params, state: user.id }),
      fetch: (input, init) => {
        urls.push(String(input instanceof Request ? input.url : input));
        return clinic.sandbox.fetch(input, init);
      },
    });
    expect((await inTime(send("chen", "sessions"))).status).toBe(200);
    expect(urls.filter((url) => url.includes("/sessions"))).toEqual([expect.stringContaining("state=clinician-chen")]);
  });

  it("is combined with another state of the user: only rows with both are returned", async () => {
    const clinic = createClinic({ sandbox: { seed: "none" } });
    for (const states of [["clinician-chen"], ["clinician-okafor"], ["clinician-chen", "patient-7"]]) {
      const participants = states.map((state) => ({ display_name: state, state }));
      const body = { ...bookingOfOther.body, session_name: states.join(), participants };
      // oxlint-disable-next-line no-await-in-loop
      expect((await inTime(clinic.write("desk", { ...bookingOfOther, body }))).status).toBe(200);
    }
    const names = async (state: string) => {
      const { content } = await inTime(clinic.send("chen", `sessions?state=${state}`)).then((response) =>
        response.json(),
      );
      return content.map(({ session_name }: { session_name: string }) => session_name);
    };
    clinic.wire.length = 0;
    expect(await names("patient-7")).toEqual(["clinician-chen,patient-7"]);
    expect(await names("clinician-okafor")).toEqual([]);
    expect(await names("clinician-chen")).toHaveLength(2);
    expect(clinic.wire.length).toBeLessThanOrEqual(3);
  });
});

describe("onError", () => {
  it.each<[string, string, Partial<CoviuProxyOptions<User>>, number]>([
    ["authenticate", "authenticate", { authenticate: () => raise(new Error(secretMessage)) }, 500],
    ["authorize", "authorize", { authorize: () => raise(new Error(secretMessage)) }, 500],
    ["filter", "filter", { filter: () => raise(new Error(secretMessage)) }, 500],
    ["narrow", "narrow", { narrow: () => raise(new Error(secretMessage)) }, 500],
    ["apiSecret", "apiSecret", { apiSecret: () => raise(new Error(secretMessage)) }, 503],
    ["apiKey", "apiKey", { apiKey: () => raise(new Error(secretMessage)) }, 503],
    ["audit", "audit", { audit: () => raise(new Error(secretMessage)) }, 200],
    ["an audit that rejects", "audit", { audit: async () => raise(new Error(secretMessage)) }, 200],
  ])("receives the error of %s, with the reference of the response", async (_, source, options, status) => {
    const { send, errors, events } = createClinic(options);
    const response = await inTime(send("chen", "sessions"));
    const { error: responseError } = await response.json();
    expect([response.status, errors.length]).toEqual([status, 1]);
    expect(errors[0]).toMatchObject({ error: { message: secretMessage }, event: { source } });
    if (status !== 200) expect(errors[0]?.event.reference).toBe(responseError.reference);
    if (source !== "authenticate") expect(errors[0]?.event.user).toBe("clinician-chen");
    expect(JSON.stringify([responseError, events, errors[0]?.event])).not.toMatch(/Ana|secret-of/);
  });

  it("receives errors, wrong values and timeouts of the store, also after the write", async () => {
    const stores = {
      throws: () => raise(new Error(secretMessage)),
      rejects: () => Promise.reject(new Error(secretMessage)),
      "returns a string": () => "OK",
      "returns undefined": () => undefined,
      "never settles": () => new Promise(() => {}),
    };
    for (const [name, swap] of Object.entries(stores)) {
      const { store } = createClinic();
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a store in JavaScript may return any type
      const clinic = createClinic({ store: { get: store.get, swap: swap as typeof store.swap } });
      // oxlint-disable-next-line no-await-in-loop
      const { status } = await inTime(clinic.write("desk", bookingOfOther));
      expect([name, status, clinic.errors[0]?.event.source, clinic.writes()]).toEqual([name, 503, "store", 0]);
    }
  });

  it.each([
    ["throws", () => raise(new Error("log is down"))],
    ["rejects", async () => raise(new Error("log is down"))],
    ["never settles", () => new Promise<void>(() => {})],
  ])("that %s does not change the response", async (_, onError) => {
    const { send } = createClinic({ onError, authorize: () => raise(new Error(secretMessage)) });
    const response = await inTime(send("chen", "sessions"));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("log is down");
  });

  it("is replaced by one console.error per kind of error, with its message in development only", async () => {
    const logged: unknown[][] = [];
    vi.spyOn(console, "error").mockImplementation((...args: unknown[]) => void logged.push(args));
    vi.stubEnv("NODE_ENV", "production");
    class OwnFailure extends Error {
      override name = "OwnFailure";
    }
    const { send } = createClinic({ onError: undefined, authorize: () => raise(new OwnFailure(secretMessage)) });
    await inTime(send("chen", "sessions"));
    await inTime(send("chen", "sessions"));
    expect(logged).toEqual([[expect.stringMatching(/authorize failed with OwnFailure, reference \w{8}\..*onError/)]]);
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
});

it("a wrong secret is not cached: the next request reads it again", async () => {
  let secret: unknown = 5;
  const { write, errors } = createClinic({ apiSecret: () => secret as string });
  expect((await inTime(write("desk", bookingOfOther))).status).toBe(500);
  expect(String(errors[0]?.error)).toContain("apiSecret returned a number");
  secret = credentials.apiSecret;
  expect((await inTime(write("desk", bookingOfOther))).status).toBe(200);
});
