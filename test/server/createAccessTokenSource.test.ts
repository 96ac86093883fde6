import { inspect } from "node:util";

import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";

import { CoviuError, createCoviuClient, listSessions } from "../../src/core.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { type AccessTokenSource, createAccessTokenSource } from "../../src/server/index.ts";

const now = "2026-01-11T22:52:00Z";
const minute = 60_000;
const credentials = { apiKey: "sandbox-key", apiSecret: "sandbox-secret" };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(now) });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Creates a token source at a sandbox with the same clock, and records the grants. */
function connect(options: Partial<Parameters<typeof createAccessTokenSource>[0]> = {}) {
  const sandbox = createSandbox({ seed: "none" });
  const grants: (string | null)[] = [];
  const source = createAccessTokenSource({
    ...credentials,
    baseUrl: sandbox.baseUrl,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      grants.push(new URLSearchParams(await request.clone().text()).get("grant_type"));
      return sandbox.fetch(request);
    },
    ...options,
  });
  return { sandbox, source, grants };
}

/** Creates a token source whose server sends these responses in sequence. */
function respondingWith(...responses: (() => Response | Promise<Response>)[]) {
  const bodies: string[] = [];
  const source = createAccessTokenSource({
    ...credentials,
    fetch: async (input, init) => {
      bodies.push(await new Request(input, init).text());
      const respond = responses[bodies.length - 1] ?? responses.at(-1);
      if (!respond) throw new TypeError("Failed to fetch");
      return respond();
    },
  });
  return { source, bodies };
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("expected a rejection"),
    (reason: unknown) => reason,
  );
}

const issued = () => Response.json({ access_token: "first", refresh_token: "once", expires_in: 60 });
const renewed = () => Response.json({ access_token: "second", expires_in: 60 });
const advance = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
const unavailable = { code: "auth_unavailable", operation: "createAccessTokenSource", outcome: "not-sent" };

describe("a token", () => {
  it("gives access to the API, and has its expiry", async () => {
    const { sandbox, source } = connect();
    const { expiresAt } = await source();
    expect(expiresAt).toBe(Date.parse(now) + 60 * minute);
    const client = createCoviuClient({ ...sandbox, getAccessToken: source });
    await expect(listSessions(client)).resolves.toMatchObject({ content: [] });
    expectTypeOf<Awaited<ReturnType<AccessTokenSource>>["expiresAt"]>().toEqualTypeOf<number>();
  });

  it("is requested once for any number of callers, with and without forceRefresh", async () => {
    const { source, grants } = connect();
    const tokens = await Promise.all(
      Array.from({ length: 200 }, (_, index) => source({ forceRefresh: index % 2 === 1 })),
    );
    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(grants).toEqual(["client_credentials"]);
  });

  it("is cached for half of its lifetime, then renewed with the refresh token", async () => {
    const { source, grants } = connect();
    const first = await source();
    advance(30 * minute - 1);
    await expect(source()).resolves.toEqual(first);
    advance(1);
    const second = await source();
    expect(second.accessToken).not.toBe(first.accessToken);
    expect(grants).toEqual(["client_credentials", "refresh_token"]);
  });

  it("is renewed at once with forceRefresh", async () => {
    const { sandbox, source, grants } = connect();
    const client = createCoviuClient({ ...sandbox, getAccessToken: source });
    await listSessions(client);
    sandbox.faults.expireTokens();
    await expect(listSessions(client)).resolves.toMatchObject({ content: [] });
    expect(grants).toEqual(["client_credentials", "refresh_token"]);
  });

  it("without a refresh token is renewed with the key", async () => {
    const { source, bodies } = respondingWith(renewed);
    await source();
    await source({ forceRefresh: true });
    expect(bodies).toEqual(["grant_type=client_credentials", "grant_type=client_credentials"]);
  });

  it.each([
    ["10 s", 10, 30],
    ["none", undefined, 30],
    ["0", 0, 30],
    ["negative", -5, 30],
    ["a string that is not a number", "soon", 30],
    ["a string that is a number", "600", 600],
    ["a year", 365 * 24 * 3600, 24 * 3600],
  ])("with expires_in %s expires after 30 s to a day", async (_, expires_in, seconds) => {
    const { source } = respondingWith(() => Response.json({ access_token: "token", expires_in }));
    await expect(source()).resolves.toEqual({ accessToken: "token", expiresAt: Date.parse(now) + seconds * 1000 });
  });
});

describe("a request for a token", () => {
  it("is a form with HTTP Basic, sent to Coviu by default, and follows no redirect", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json({ access_token: "token" }));
    await createAccessTokenSource({ apiKey: "clé", apiSecret: "geheim ☂", fetch })();
    const [input = "", init] = fetch.mock.calls[0] ?? [];
    const request = new Request(input, init);
    expect(request.url).toBe("https://api.coviu.com/v1/auth/token");
    expect(request.method).toBe("POST");
    // Workers reject "error", so the status of a redirect is a failure.
    expect(request.redirect).toBe("manual");
    expect(request.headers.get("content-type")).toMatch(/^application\/x-www-form-urlencoded/);
    const basic = Buffer.from(request.headers.get("authorization")?.replace("Basic ", "") ?? "", "base64");
    expect(basic.toString()).toBe("clé:geheim ☂");
    expect(await request.text()).toBe("grant_type=client_credentials");
  });

  it("reads the secret when it is needed, so that a new one is used", async () => {
    let secret = "an old secret";
    const { source } = connect({ apiSecret: async () => secret });
    await expect(source()).rejects.toMatchObject({ ...unavailable, code: "auth_required" });
    secret = credentials.apiSecret;
    await expect(source()).resolves.toHaveProperty("accessToken");
  });

  it("reads the key when it is needed, so that a build without one can create the source", async () => {
    let key = "";
    const { source } = connect({ apiKey: async () => key });
    await expect(source()).rejects.toMatchObject({ ...unavailable, code: "auth_required" });
    key = credentials.apiKey;
    await expect(source()).resolves.toHaveProperty("accessToken");
  });

  it("reads the secret once for each token, and not before one is needed", async () => {
    const read = vi.fn<() => string>(() => credentials.apiSecret);
    const { source } = connect({ apiSecret: read });
    expect(read).not.toHaveBeenCalled();
    await source();
    await source();
    expect(read).toHaveBeenCalledOnce();
    await source({ forceRefresh: true });
    expect(read).toHaveBeenCalledTimes(2);
  });

  it("accepts an address with a trailing slash", async () => {
    const { sandbox } = connect();
    const { source } = connect({ baseUrl: `${sandbox.baseUrl}/`, fetch: sandbox.fetch });
    await expect(source()).resolves.toHaveProperty("accessToken");
  });

  it("needs a key and a secret", () => {
    expect(() => createAccessTokenSource({ apiKey: "", apiSecret: "secret" })).toThrow(/apiKey/);
    expect(() => createAccessTokenSource({ apiKey: "key", apiSecret: "" })).toThrow(/apiSecret/);
  });
});

describe("a refresh that fails", () => {
  it.each([
    ["is refused", () => Response.json({ error: {} }, { status: 400 })],
    ["gets an HTML page", () => new Response("<html>")],
    ["gets no token", () => Response.json({ access_token: "" })],
    ["is cut off", () => Promise.reject(new TypeError("Failed to fetch"))],
  ])("because it %s is replaced by a request with key and secret", async (_, respond) => {
    const { source, bodies } = respondingWith(issued, respond, renewed);
    await source();
    await expect(source({ forceRefresh: true })).resolves.toMatchObject({ accessToken: "second" });
    expect(bodies).toEqual([
      "grant_type=client_credentials",
      "grant_type=refresh_token&refresh_token=once",
      "grant_type=client_credentials",
    ]);
  });
});

describe("a failure", () => {
  it.each([
    ["the network is down", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["the server fails", () => new Response("no", { status: 500 })],
    [
      "the response is a redirect",
      () => new Response(null, { status: 302, headers: { location: "https://evil.example" } }),
    ],
    ["the response exceeds 64 KiB", () => new Response("x".repeat(70_000))],
    ["the response is an HTML page", () => new Response("<html>sandbox-secret</html>")],
    ["the response has no token", () => Response.json({ expires_in: 60 })],
    ["the token is empty", () => Response.json({ access_token: "" })],
    ["the token is not a string", () => Response.json({ access_token: 5 })],
  ])("because %s is `auth_unavailable`, and not cached", async (_, respond) => {
    const { source } = respondingWith(respond, () => Response.json({ access_token: "token" }));
    await expect(source()).rejects.toMatchObject(unavailable);
    await expect(source()).resolves.toMatchObject({ accessToken: "token" });
  });

  it("is the same for all waiting callers", async () => {
    const { source, bodies } = respondingWith(() => new Response("no", { status: 500 }));
    const reasons = await Promise.all(Array.from({ length: 20 }, () => failure(source())));
    expect(new Set(reasons).size).toBe(1);
    expect(bodies).toHaveLength(1);
  });

  const address = "https://canary-host.invalid/v1";
  const quoting = `sandbox-key canary-secret ${btoa("sandbox-key:canary-secret")} ${address} canary-response`;

  it.each<[string, () => Promise<Response>]>([
    ["an HTML page", async () => new Response(`<html>${quoting}</html>`, { headers: { "content-type": "text/html" } })],
    ["a 500", async () => Response.json({ error: { message: quoting } }, { status: 500 })],
    ["a response without a token", async () => Response.json({ quoting })],
    ["a response that is cut off", async () => new Response(broken(quoting))],
    ["an error of fetch", () => Promise.reject(new TypeError(quoting))],
    ["a thrown object", () => Promise.reject({ quoting })],
  ])("never contains key, secret, address or response when %s quotes them, however it is printed", async (_, fetch) => {
    const { source } = connect({ apiSecret: "canary-secret", baseUrl: address, fetch });
    const error = await failure(source());
    if (!CoviuError.is(error)) throw error;
    expect(error).toMatchObject({ ...unavailable, retryable: true });
    expect(error.cause).toBeUndefined();
    const forms = [error, structuredClone(error)].map((form) => inspect(form, { depth: Infinity, showHidden: true }));
    const printed = [...forms, String(error), error.stack, JSON.stringify(error)].join();
    for (const word of quoting.split(" ")) expect(printed).not.toContain(word);
  });

  it.each([400, 401, 403])("after %i is final, is requested once, and quotes nothing", async (status) => {
    const { source, bodies } = respondingWith(() => Response.json({ error: { message: quoting } }, { status }));
    const error = await failure(source());
    if (!CoviuError.is(error)) throw error;
    expect(error).toMatchObject({ ...unavailable, code: "auth_required", retryable: false });
    expect(bodies).toHaveLength(1);
    const printed = inspect([error, structuredClone(error)], { depth: Infinity, showHidden: true }) + error.stack;
    for (const word of quoting.split(" ")) expect(printed).not.toContain(word);
  });

  it("of the function that reads the secret is reported in the same way", async () => {
    const { source } = connect({ apiSecret: () => Promise.reject(new Error("the vault of canary-secret is shut")) });
    const error = await failure(source());
    expect(error).toMatchObject(unavailable);
    expect(inspect(error, { showHidden: true })).not.toContain("canary");
  });

  it("reaches the caller of the client unchanged, and the next request succeeds", async () => {
    const { sandbox, source } = connect();
    const client = createCoviuClient({ ...sandbox, getAccessToken: source });
    sandbox.faults.next({ operation: "token", status: 503 });
    await expect(listSessions(client)).rejects.toMatchObject({ code: "auth_unavailable", outcome: "not-sent" });
    expect(sandbox.log.count()).toBe(0);
    await expect(listSessions(client)).resolves.toMatchObject({ content: [] });
  });

  it("of a refresh and then of the key is not cached", async () => {
    const { sandbox, source, grants } = connect();
    await source();
    sandbox.faults.next({ operation: "token", cut: "before-commit", times: 2 });
    await expect(source({ forceRefresh: true })).rejects.toMatchObject(unavailable);
    await expect(source()).resolves.toHaveProperty("accessToken");
    expect(grants).toEqual(["client_credentials", "refresh_token", "client_credentials", "client_credentials"]);
  });

  it.each([
    ["the server never responds", {}],
    ["the secret is never read", { apiSecret: () => new Promise<string>(() => {}) }],
  ])("occurs after 10 s when %s, and the next call tries again", async (_, options) => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: new Date(now) });
    const hang = vi.fn<typeof fetch>(() => new Promise(() => {}));
    const source = createAccessTokenSource({ ...credentials, fetch: hang, ...options });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const settled = vi.fn<() => void>();
      const token = source();
      token.then(settled, settled);
      // oxlint-disable-next-line no-await-in-loop
      await vi.advanceTimersByTimeAsync(9_999);
      expect(settled).not.toHaveBeenCalled();
      // oxlint-disable-next-line no-await-in-loop
      await vi.advanceTimersByTimeAsync(1);
      // oxlint-disable-next-line no-await-in-loop
      await expect(token).rejects.toMatchObject(unavailable);
    }
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a caller that aborts", () => {
  it("sends no request if it has aborted before", async () => {
    const { source, grants } = connect();
    await expect(source({ signal: AbortSignal.abort("gone") })).rejects.toBe("gone");
    expect(grants).toEqual([]);
  });

  it("stops waiting at once, and the other callers get their token from the same request", async () => {
    const sandbox = createSandbox({ seed: "none" });
    const held = sandbox.faults.hold({ operation: "token" });
    const request = vi.fn<typeof fetch>(sandbox.fetch);
    const shared = createAccessTokenSource({ ...credentials, baseUrl: sandbox.baseUrl, fetch: request });
    const controller = new AbortController();
    const aborted = shared({ signal: controller.signal });
    const other = shared();
    await held.reached;
    controller.abort("gone");
    await expect(aborted).rejects.toBe("gone");
    expect(request.mock.calls[0]?.[1]?.signal?.aborted).toBe(false);
    held.release();
    await expect(other).resolves.toHaveProperty("accessToken");
    expect(request).toHaveBeenCalledTimes(1);
  });
});

/** Creates a body of which only the first part arrives. */
function broken(text: string): ReadableStream {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode(text));
      controller.error(new TypeError(`cut off after ${text}`));
    },
  });
}
