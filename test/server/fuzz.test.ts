import * as fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";

import { entryUrlRoutes, routes } from "../../src/server/proxy/routes.ts";
import { createClinic, inTime, now, origin, users, fakeClockAtNow } from "./clinic.ts";

/** `npm run drill` sets `PROXY_RUNS`, and runs many more. */
const runs = Number(process.env["PROXY_RUNS"] ?? 200);

fakeClockAtNow();
afterEach(() => {
  vi.restoreAllMocks();
});

/** Secrets that the service, the store or the app's own functions may leak. */
const canaryTexts = {
  header: "canary-header-7f3a",
  text: "Canary Patient Name",
  cookie: "canary-cookie-91bc",
  thrown: "canary-thrown-55d2",
};
const isCanary = /canary/i;
const secretKinds = new Set(["api-secret", "token"]);

function mostly<Usual, Odd>(usual: Usual, odd: fc.Arbitrary<Odd>, weight = 12): fc.Arbitrary<Usual | Odd> {
  return fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd });
}

const junk = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 10 }),
  fc.constantFrom(
    "..",
    ".",
    "%2e%2e",
    "%2f",
    "a/b",
    "__proto__",
    "constructor",
    "x".repeat(513),
    "a?b",
    "a#b",
    "\\",
    "%",
  ),
);
/** Placeholders, replaced in each request by the id of a current session or participant. */
const id = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom("$own", "$other", "$guest", "$stranger", "$handle") },
  junk,
);
const path = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("sessions", "sessions?page_size=3", "sessions?state=clinician-okafor") },
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom("sessions/", "participants/"), id).map((parts) => parts.join("")) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constant("sessions/"), id, fc.constantFrom("/participants", "/participants?deleted_participants=true"))
      .map((parts) => parts.join("")),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constant("participants/"), id, fc.constantFrom("/entry-url", "/join"))
      .map((parts) => parts.join("")),
  },
  { weight: 1, arbitrary: fc.constantFrom("auth/token", "../v1/sessions", "users", "", "teams/1") },
  { weight: 1, arbitrary: junk },
);
const query = fc.array(
  fc.tuple(
    fc.oneof(
      fc.constantFrom("page", "page_size", "state", "order", "start_time", "include_canceled", "__proto__"),
      junk,
    ),
    fc.oneof(fc.constantFrom("0", "1", "200", "true", "reverse", now, "-1", "1e99", "NaN"), junk),
  ),
  { maxLength: 3 },
);
const name = fc.constantFrom(
  "session_name",
  "start_time",
  "end_time",
  "participants",
  "display_name",
  "role",
  "state",
  "picture",
  "feature_flags",
  "if_unchanged",
  "entry_url",
  "__proto__",
);
const value = fc.oneof(
  fc.constantFrom("2026-01-14T00:00:00Z", "2026-01-14T01:00:00Z", "HOST", "clinician-okafor", "Ana Lee"),
  fc.constantFrom<unknown>([{ display_name: "X", state: "clinician-chen", role: "HOST" }], {}, []),
  fc.jsonValue({ maxDepth: 2 }),
);
const object = fc.array(fc.tuple(name, value), { maxLength: 5 }).map((entries) => Object.fromEntries(entries));
const good = {
  session_name: "Fuzz",
  start_time: "2026-01-14T00:00:00Z",
  end_time: "2026-01-14T01:00:00Z",
  participants: [{ display_name: "Dr", state: "clinician-chen" }],
};
const body = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(good, { session_name: "New" }, { display_name: "New" }, {})
      .map((one) => JSON.stringify(one)),
  },
  { weight: 3, arbitrary: object.map((one) => JSON.stringify(one)) },
  { weight: 1, arbitrary: fc.constantFrom("", "{", "[]", "null", '"text"', "[".repeat(5000), "x".repeat(70_000)) },
  { weight: 1, arbitrary: junk },
  { weight: 3, arbitrary: fc.constant(undefined) },
);
const fault = mostly(
  undefined,
  fc.record({
    status: fc.constantFrom(200, 204, 301, 302, 400, 401, 403, 404, 409, 418, 422, 429, 500, 503),
    times: fc.constantFrom(1, 1, 2, 5),
    operation: fc.constantFrom<"token" | undefined>(undefined, undefined, undefined, "token"),
    form: fc.constantFrom("text", "html", "message", "row", "list"),
  }),
  2,
);

/** Mostly a route of the table, otherwise any path. */
const target = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...routes, ...entryUrlRoutes), fc.boolean())
      .map(([{ method, path }, isOwn]) => ({
        method,
        path: path
          .replace("{session_id}", isOwn ? "$own" : "$other")
          .replace("{participant_id}", isOwn ? "$guest" : "$stranger"),
      })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      method: fc.constantFrom("GET", "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"),
      path,
    }),
  },
);

const request = fc.record({
  target,
  pick: fc.nat(1000),
  query: mostly([], query, 2),
  body,
  type: mostly("application/json", fc.constantFrom("application/json; charset=utf-8", "text/plain", "")),
  user: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom("chen", "okafor", "desk") },
    { weight: 1, arbitrary: fc.constantFrom("unknown", "thrower") },
  ),
  kit: mostly("1", fc.constantFrom("0", "")),
  site: mostly("same-origin", fc.constantFrom("cross-site", "none", "")),
  mode: fc.constantFrom("cors", "navigate"),
  from: mostly(origin, fc.constantFrom("", "null", "https://evil.example")),
  operation: mostly("new", fc.constantFrom("11111111-1111-4111-8111-111111111111", "bad", ""), 3),
  fault,
  onDemand: fc.boolean(),
});
type Fuzzed = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

const ownHeaders = new Set([
  "cache-control",
  "content-security-policy",
  "content-type",
  "cross-origin-resource-policy",
  "location",
  "referrer-policy",
  "retry-after",
  "x-content-type-options",
]);
const sentHeaders = new Set(["accept", "authorization", "content-length", "content-type"]);
const tenOperations =
  /^(GET|POST) sessions$|^(GET|PUT|DELETE) sessions\/[\w-]{1,512}$|^(GET|POST) sessions\/[\w-]{1,512}\/participants$|^(GET|PUT|DELETE) participants\/[\w-]{1,512}$|^POST auth\/token$/;

/** Creates two clinics at one service, one with entry links on demand, and records all requests and responses. */
function watchedClinic() {
  const problems: string[] = [];
  /** Session of each participant, and the participants' states of each session, from responses of the service. */
  const sessionOf = new Map<string, string>();
  const statesOf = new Map<string, Set<string>>();
  const clinic = createClinic();
  const { sandbox, events } = clinic;

  function learn(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    const row: { participant_id?: unknown; session_id?: unknown; state?: unknown } = value;
    const { participant_id, session_id, state } = row;
    if (typeof participant_id === "string" && typeof session_id === "string") {
      sessionOf.set(participant_id, session_id);
      const states = statesOf.get(session_id) ?? new Set();
      statesOf.set(session_id, typeof state === "string" ? states.add(state) : states);
    }
    Object.values(value).forEach(learn);
  }

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const sent = new Request(input, init);
    const { pathname, origin: to } = new URL(sent.url);
    const call = `${sent.method} ${pathname.replace("/v1/", "")}`;
    if (to !== new URL(sandbox.baseUrl).origin || !tenOperations.test(call)) problems.push(`requested ${to} ${call}`);
    for (const [header, text] of sent.headers) {
      if (!sentHeaders.has(header) || isCanary.test(text)) problems.push(`sent the header ${header}`);
    }
    const response = await sandbox.fetch(sent);
    const copy = response.clone();
    const headers = new Headers(response.headers);
    headers.set("set-cookie", `a=${canaryTexts.cookie}`);
    headers.set("x-canary", canaryTexts.header);
    if (call !== "POST auth/token") learn(await copy.json().catch(() => undefined));
    return new Response(response.body, { status: response.status, headers });
  };
  const options = {
    fetch,
    authenticate({ headers }: Request) {
      const user = /user=(\w+)/.exec(headers.get("cookie") ?? "")?.[1] ?? "";
      if (user === "thrower") throw new Error(canaryTexts.thrown);
      return users[user];
    },
  };
  const servers = {
    plain: clinic.server(options),
    onDemand: clinic.server({ ...options, entryUrls: "on-demand", entryUrlsPerHour: 1e9 }),
  };
  return { sandbox, events, servers, problems, sessionOf, statesOf, handles: new Map<string, string[]>() };
}

type Watched = ReturnType<typeof watchedClinic>;

function bodyOfFault({ form }: NonNullable<Fuzzed["fault"]>): unknown {
  const link = "https://coviu.com/session/canary-0000-0000-0000-000000000000";
  switch (form) {
    case "text":
      return `${canaryTexts.text} at ${link}`;
    case "html":
      return `<html>${canaryTexts.text}</html>`;
    case "message":
      return { error: { message: `${canaryTexts.text}: ${link}` }, detail: link };
    case "row":
      return { session_id: canaryTexts.text, canary: link };
    default:
      return [canaryTexts.text, link];
  }
}

describe("fuzzed requests", () => {
  it(`reach only the ten operations and leak nothing (${runs})`, { timeout: 600_000 }, async () => {
    // Messages for developers must not reach the logs of a clinic.
    vi.stubEnv("NODE_ENV", "production");
    const logged: unknown[][] = [];
    for (const method of ["log", "info", "warn", "error", "debug"] as const) {
      vi.spyOn(console, method).mockImplementation((...args: unknown[]) => void logged.push(args));
    }
    let clinic = watchedClinic();
    let count = 0;
    let passed = 0;
    const statuses = new Map<number, number>();

    await fc.assert(
      fc.asyncProperty(request, async (fuzzed) => {
        // A new session from time to time: canceled sessions do not come back.
        if (count % 250 === 0) clinic = await prepared(watchedClinic());
        count += 1;
        clinic.problems.length = 0;
        clinic.events.length = 0;
        const response = await inTime(sendFuzzed(clinic, fuzzed));
        const text = response.body ? await response.text() : "";
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        if (response.status === 200 || response.status === 303) passed += 1;
        if (fuzzed.onDemand)
          for (const [handle] of text.matchAll(/(?<="participant_id":")[\w-]+/g)) collectHandle(clinic, fuzzed, handle);
        clinic.sandbox.faults.clear();
        expect([...clinic.problems, ...leaksIn(clinic, fuzzed, response, text)]).toEqual([]);
        // Users refused by a fault get access again.
        await vi.advanceTimersByTimeAsync(1001);
      }),
      { numRuns: runs, seed: 20260111 },
    );
    expect(logged).toEqual([]);
    expect(passed).toBeGreaterThan(runs / 20);
    // The important cases have occurred. A short run does not reach all of them.
    if (runs < 2000) return;
    expect(
      [200, 303, 400, 401, 403, 404, 409, 413, 415, 429, 500, 502, 503].filter((one) => !statuses.has(one)),
    ).toEqual([]);
  });
});

/** Collects ids for later requests of this user and of others. */
function collectHandle({ handles }: Watched, { user }: Fuzzed, handle: string): void {
  handles.set(user, [...(handles.get(user) ?? []), handle].slice(-50));
}

async function prepared(clinic: Watched): Promise<Watched> {
  await inTime(clinic.servers.plain.send("desk", "sessions?start_time=2026-01-12T00:00:00Z"));
  return clinic;
}

function sendFuzzed({ servers, sandbox, sessionOf, statesOf, handles }: Watched, fuzzed: Fuzzed): Promise<Response> {
  const { fault, pick, user, onDemand } = fuzzed;
  const { method, path } = fuzzed.target;
  const state = users[user]?.id ?? "";
  const any = <Item>(items: readonly Item[]): Item | undefined => items[pick % items.length];
  const sessions = (isOwn: boolean) =>
    [...statesOf].filter(([, states]) => states.has(state) === isOwn).map(([one]) => one);
  const own = any(sessions(user !== "desk")) ?? "";
  const other = any(sessions(false)) ?? "";
  const participantIn = (session: string) =>
    (onDemand && any(handles.get(session === own ? user : "desk") ?? [])) ||
    ([...sessionOf].find(([, one]) => one === session)?.[0] ?? "");
  const filled = path
    .replace("$own", own)
    .replace("$other", other)
    .replace("$guest", participantIn(own))
    .replace("$stranger", participantIn(other))
    .replace("$handle", "A".repeat(86));
  const url = new URL(origin);
  const [pathname = "", search] = `/api/coviu/${filled}`.split("?");
  url.pathname = pathname;
  for (const [key, text] of new URLSearchParams(search)) url.searchParams.append(key, text);
  if (!search) for (const [key, text] of fuzzed.query) url.searchParams.append(key, text);
  const headers = new Headers({
    cookie: `user=${fuzzed.user}; other=${canaryTexts.cookie}`,
    authorization: `Bearer ${canaryTexts.header}`,
    "x-forwarded-for": canaryTexts.header,
    "x-canary": canaryTexts.header,
    "sec-fetch-mode": fuzzed.mode,
  });
  const set = (header: string, text: string) => text && headers.set(header, text);
  set("coviu-kit", fuzzed.kit);
  set("sec-fetch-site", fuzzed.site);
  set("origin", fuzzed.from);
  set("idempotency-key", fuzzed.operation === "new" ? crypto.randomUUID() : fuzzed.operation);
  const hasBody = method !== "GET" && method !== "HEAD" && fuzzed.body !== undefined;
  if (hasBody) set("content-type", fuzzed.type);
  if (fault) {
    const faultHeaders = {
      "set-cookie": `b=${canaryTexts.cookie}`,
      "retry-after": "1",
      location: "https://evil.example/canary",
    };
    sandbox.faults.next({ ...fault, body: bodyOfFault(fault), headers: faultHeaders });
  }
  const bytes = hasBody ? new TextEncoder().encode(fuzzed.body) : null;
  const { proxy } = onDemand ? servers.onDemand : servers.plain;
  return proxy(new Request(url, { method, headers, body: bytes }));
}

/** Finds leaks in a response and its audit event. */
function leaksIn(
  { sandbox, events, sessionOf, statesOf }: Watched,
  { user, onDemand, fault, target: { method } }: Fuzzed,
  response: Response,
  text: string,
): string[] {
  const leaks: string[] = [];
  const headers = [...response.headers];
  for (const [header] of headers) if (!ownHeaders.has(header)) leaks.push(`header ${header}`);
  const all = `${text}\n${JSON.stringify(headers)}`;
  const audited = JSON.stringify(events);

  // The service's explanation for a refused write may reach its user, without entry links.
  const isReason = method !== "GET" && [400, 409].includes(response.status) && fault?.form !== "html";
  const shown = isReason ? all.replaceAll(canaryTexts.text, "") : all;
  if (isCanary.test(shown) || isCanary.test(audited)) leaks.push("canary text");
  for (const { kind, value } of sandbox.canaries()) {
    if (secretKinds.has(kind) && (all.includes(value) || audited.includes(value))) leaks.push(kind);
    if (kind !== "session-name" && audited.includes(value)) leaks.push(`${kind} in the audit`);
  }

  // Every participant id in it belongs to a session of this user.
  const isRevealed = /"entry_url"/.test(text) || response.status === 303;
  for (const [found] of all.matchAll(/[\da-f]{8}-[\da-f-]{27}/g)) {
    const session = sessionOf.get(found);
    if (session === undefined) continue;
    if (onDemand && !isRevealed) leaks.push("id of a participant");
    const state = users[user]?.id ?? "";
    if (user !== "desk" && !statesOf.get(session)?.has(state)) leaks.push("id of another user's participant");
  }
  if (events.length !== 1) leaks.push(`${events.length} events`);
  return leaks;
}

describe("a body", () => {
  const encoder = new TextEncoder();

  /** Sends a body in chunks, and counts the chunks that were read. */
  function stream(nextChunk: () => Uint8Array | undefined, pause = 0) {
    const { send, wire } = createClinic();
    let chunksRead = 0;
    let isCanceled = false;
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
          const next = nextChunk();
          chunksRead += 1;
          if (next) controller.enqueue(next);
          else controller.close();
        },
        cancel: () => void (isCanceled = true),
      },
      { highWaterMark: 0 },
    );
    const half: object = { duplex: "half" };
    const headers = { "content-type": "application/json" };
    const work = inTime(send("desk", "sessions", { method: "POST", body, headers, ...half }));
    return { work, wire, chunksRead: () => chunksRead, isCanceled: () => isCanceled };
  }

  it("of 64 KiB is read, one byte more is refused", async () => {
    const { write } = createClinic();
    const fill = (size: number) => {
      const body = (state: string) => ({ ...good, participants: [{ state }] });
      const rest = size - encoder.encode(JSON.stringify(body(""))).length;
      return { method: "POST", path: "sessions", body: body("é".repeat(rest / 2) + "x".repeat(rest % 2)) };
    };
    expect((await inTime(write("desk", fill(65_536)))).status).toBe(200);
    expect((await inTime(write("desk", fill(65_537)))).status).toBe(413);
  });

  it("without an end is abandoned after 64 KiB", async () => {
    const { work, wire, chunksRead, isCanceled } = stream(() => encoder.encode("x".repeat(1000)));
    expect((await work).status).toBe(413);
    expect([isCanceled(), wire]).toEqual([true, []]);
    expect(chunksRead()).toBeLessThan(70);
  });

  it.each([
    ["one byte a second", () => encoder.encode(" "), 1000],
    ["nothing", () => undefined, 1e9],
  ])("of which %s arrives is abandoned after ten seconds", async (_, nextChunk, pause) => {
    const startedAt = Date.now();
    const { work, wire, isCanceled } = stream(nextChunk, pause);
    const response = await work;
    expect([response.status, isCanceled(), wire]).toEqual([408, true, []]);
    expect(Date.now() - startedAt).toBeLessThanOrEqual(10_000);
  });

  it("that is cut off is refused", async () => {
    const { work, wire } = stream(() => {
      throw new Error(canaryTexts.text);
    });
    const response = await work;
    expect([response.status, await response.text()]).toEqual([408, expect.not.stringContaining(canaryTexts.text)]);
    expect(wire).toEqual([]);
  });

  it.each([
    "{",
    "[]",
    "[{}]",
    "null",
    "true",
    "1",
    '"text"',
    "a=b",
    "",
    "\u0000",
    "[".repeat(60_000),
    `{"a":${"[".repeat(15_000)}${"]".repeat(15_000)}}`,
    `${'{"a":'.repeat(9000)}1${"}".repeat(9000)}`,
    `{"session_name":"A","participants":${"[".repeat(20)}${"]".repeat(20)}}`,
    `{"a":1}{"b":2}`,
  ])("that is not a JSON object is refused: %.20s", async (body) => {
    const { send, wire } = createClinic();
    const headers = { "content-type": "application/json" };
    const response = await inTime(send("desk", "sessions", { method: "POST", body, headers }));
    expect(response.status).toBe(400);
    expect(wire).toEqual([]);
  });

  it.each([
    { ...good, entry_url: "https://evil.example" },
    { ...good, session_id: "abc" },
    { ...good, session_name: { $gt: "" } },
    { ...good, participants: { length: 1 } },
    { ...good, participants: [{ participant_id: "abc" }] },
    { ...good, participants: [[]] },
    { ...good, feature_flags: [1] },
    { ...good, participants: "clinician-chen" },
    { ...good, picture: "javascript:alert(1)" },
    { ...good, end_time: good.start_time },
    { ...good, if_unchanged: {} },
    JSON.parse('{"__proto__":{"session_name":"X"}}'),
  ])("with a field or value outside the contract is not sent: %o", async (body) => {
    const { write, wire } = createClinic();
    const { status } = await inTime(write("desk", { method: "POST", path: "sessions", body }));
    expect([status, wire]).toEqual([400, []]);
    expect({}).not.toHaveProperty("session_name");
  });
});

it.each([
  "page=1&page=1",
  "state=a&state=b",
  "page=-1",
  "page=1.5",
  "page=NaN",
  "page=1e400",
  "page_size=0",
  "page_size=201",
  "order=sideways",
  "start_time=yesterday",
  "include_canceled=1",
  "deleted_participants=yes",
  "__proto__=1",
  "constructor=1",
  "unknown=1",
  `state[]=1`,
])("a list with the parameters %s is refused and not sent", async (search) => {
  const { send, wire } = createClinic();
  expect((await inTime(send("desk", `sessions?${search}`))).status).toBe(400);
  expect(wire).toEqual([]);
});
