import { inspect } from "node:util";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { CoviuError, createCoviuClient, listSessions } from "../../src/core.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { type AccessTokenSourceOptions, createAccessTokenSource } from "../../src/server/index.ts";

const apiKey = "clinic-key";
const apiSecret = "clinic-secret";
const hour = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-01-12T09:00:00Z"), toFake: ["Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

function connect(options: Partial<AccessTokenSourceOptions> = {}) {
  const sandbox = createSandbox({ key: apiKey, secret: apiSecret, seed: "none" });
  /** The grants that were asked for, in order. */
  const grants: (string | null)[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    grants.push(new URLSearchParams(String(init?.body)).get("grant_type"));
    return sandbox.fetch(input, init);
  };
  const getToken = createAccessTokenSource({ apiKey, apiSecret, baseUrl: sandbox.baseUrl, fetch, ...options });
  return { sandbox, grants, fetch, getToken };
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (reason: unknown) => reason,
  );
}

describe("set-up", () => {
  it("says what is missing", () => {
    expect(() => createAccessTokenSource({ apiKey: "", apiSecret })).toThrow(/apiKey and apiSecret/);
    expect(() => createAccessTokenSource({ apiKey, apiSecret: "" })).toThrow(/apiKey and apiSecret/);
  });

  it("asks nobody before a token is needed, and then the vendor's API unless told otherwise", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response(null, { status: 500 }));
    const getToken = createAccessTokenSource({ apiKey, apiSecret, fetch });
    expect(fetch).not.toHaveBeenCalled();
    await failure(getToken());
    const [address, init] = fetch.mock.calls[0] ?? [];
    expect(address).toBe("https://api.coviu.com/v1/auth/token");
    expect(init).toMatchObject({ method: "POST", redirect: "error" });
  });

  it("takes an address with a slash at its end", async () => {
    const { sandbox } = connect();
    const { getToken } = connect({ baseUrl: `${sandbox.baseUrl}/`, fetch: sandbox.fetch });
    await expect(getToken()).resolves.toMatchObject({ accessToken: expect.any(String) });
  });
});

describe("a token", () => {
  it("is asked for once for 200 callers at the same time", async () => {
    const { sandbox, getToken } = connect();
    const tokens = await Promise.all(Array.from({ length: 200 }, () => getToken()));
    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(sandbox.log.count({ operation: "token" })).toBe(1);
    expect(tokens[0]?.expiresAt).toBe(Date.now() + hour);
  });

  it("is kept until half of its life is over, then the next is taken with the refresh token", async () => {
    const { grants, getToken } = connect();
    const first = await getToken();
    vi.setSystemTime(Date.now() + hour / 2 - 1);
    expect(await getToken()).toEqual(first);
    vi.setSystemTime(Date.now() + 1);
    const second = await getToken();
    expect(second.accessToken).not.toBe(first.accessToken);
    expect(grants).toEqual(["client_credentials", "refresh_token"]);
  });

  it("is taken with the key again where the refresh token is refused", async () => {
    const { sandbox, grants, getToken } = connect();
    await getToken();
    sandbox.faults.next({ operation: "token", status: 400 });
    await expect(getToken({ forceRefresh: true })).resolves.toMatchObject({ accessToken: expect.any(String) });
    expect(grants).toEqual(["client_credentials", "refresh_token", "client_credentials"]);
  });

  it("is taken with the key again where the refresh got no answer", async () => {
    const { sandbox, grants, getToken } = connect();
    await getToken();
    sandbox.faults.next({ operation: "token", cut: "before-commit" });
    await expect(getToken({ forceRefresh: true })).resolves.toMatchObject({ accessToken: expect.any(String) });
    expect(grants).toEqual(["client_credentials", "refresh_token", "client_credentials"]);
  });

  it("is another one with forceRefresh, once for all who ask together", async () => {
    const { sandbox, getToken } = connect();
    const first = await getToken();
    const forced = await Promise.all(Array.from({ length: 20 }, () => getToken({ forceRefresh: true })));
    expect(new Set(forced.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(forced[0]?.accessToken).not.toBe(first.accessToken);
    expect(sandbox.log.count({ operation: "token" })).toBe(2);
  });

  it.each([
    [undefined, 30],
    ["soon", 30],
    [-5, 30],
    [1, 30],
    ["600", 600],
    [1e9, 24 * 3600],
  ])("with expires_in %o lives for %d seconds", async (expires_in, seconds) => {
    const fetch = async () => Response.json({ access_token: "token", expires_in });
    const { getToken } = connect({ fetch });
    expect(await getToken()).toEqual({ accessToken: "token", expiresAt: Date.now() + seconds * 1000 });
  });

  it("without a refresh token is followed by one for the key", async () => {
    const bodies: string[] = [];
    const { getToken } = connect({
      fetch: async (_, init) => {
        bodies.push(String(init?.body));
        return Response.json({ access_token: "token", expires_in: 60 });
      },
    });
    await getToken();
    await getToken({ forceRefresh: true });
    expect(bodies).toEqual(["grant_type=client_credentials", "grant_type=client_credentials"]);
  });
});

describe("the secret", () => {
  it("given as a function is read each time a token is asked for, and not before", async () => {
    const read = vi.fn(async () => apiSecret);
    const { getToken } = connect({ apiSecret: read });
    expect(read).not.toHaveBeenCalled();
    await getToken();
    await getToken();
    expect(read).toHaveBeenCalledOnce();
    await getToken({ forceRefresh: true });
    expect(read).toHaveBeenCalledTimes(2);
  });

  it("that was changed is taken at the next try", async () => {
    const secrets = ["old-secret", apiSecret];
    const { getToken } = connect({ apiSecret: () => secrets.shift() ?? "" });
    await expect(getToken()).rejects.toMatchObject({ code: "auth_unavailable" });
    await expect(getToken()).resolves.toMatchObject({ accessToken: expect.any(String) });
  });

  it("may be beyond ASCII", async () => {
    const sandbox = createSandbox({ key: "clínica", secret: "ключ", seed: "none" });
    const getToken = createAccessTokenSource({ ...sandbox, apiKey: "clínica", apiSecret: "ключ" });
    await expect(getToken()).resolves.toMatchObject({ accessToken: expect.any(String) });
  });
});

describe("a failure", () => {
  const address = "https://sandbox.coviu.invalid/v1/auth/token";
  const quoting = `${apiKey} ${apiSecret} ${btoa(`${apiKey}:${apiSecret}`)} ${address}`;

  it.each<[string, () => Promise<Response>]>([
    [
      "a page of HTML",
      async () => new Response(`<html>${quoting}</html>`, { headers: { "content-type": "text/html" } }),
    ],
    ["a 500 that quotes the request", async () => Response.json({ error: { message: quoting } }, { status: 500 })],
    ["a 401", async () => Response.json({ error: { message: quoting } }, { status: 401 })],
    ["an answer without a token", async () => Response.json({ quoting })],
    ["a token that is no text", async () => Response.json({ access_token: { quoting } })],
    ["an empty token", async () => Response.json({ access_token: "" })],
    ["a token that no header can carry", async () => Response.json({ access_token: `to\nken ${quoting}` })],
    ["an empty answer", async () => new Response()],
    ["an answer that breaks off", async () => new Response(broken(quoting))],
    ["no connection", () => Promise.reject(new TypeError(`failed to reach ${quoting}`))],
    ["something thrown that is no error", () => Promise.reject({ quoting })],
  ])("from %s is auth_unavailable and gives nothing away", async (_, fetch) => {
    const error = await failure(connect({ fetch }).getToken());
    if (!CoviuError.is(error)) throw error;
    expect(error).toMatchObject({ code: "auth_unavailable", outcome: "not-sent", retryable: true });
    const forms = [
      inspect(error, { depth: Infinity, showHidden: true }),
      `${error} ${error.stack}`,
      JSON.stringify(error),
      inspect(structuredClone(error), { depth: Infinity, showHidden: true }),
    ];
    for (const form of forms) {
      for (const secret of [...quoting.split(" "), "coviu.invalid"]) expect(form).not.toContain(secret);
    }
    expect(error.cause).toBeUndefined();
  });

  it("of the function that reads the secret is one of these too", async () => {
    const { getToken } = connect({ apiSecret: () => Promise.reject(new Error(`vault of ${apiSecret} is shut`)) });
    const error = await failure(getToken());
    expect(error).toMatchObject({ code: "auth_unavailable" });
    expect(inspect(error)).not.toContain(apiSecret);
  });

  it("comes for all who wait, and is forgotten: the next call asks again", async () => {
    const { sandbox, getToken } = connect();
    sandbox.faults.next({ operation: "token", status: 500 });
    const results = await Promise.allSettled([getToken(), getToken(), getToken()]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(sandbox.log.count({ operation: "token" })).toBe(1);
    await expect(getToken()).resolves.toMatchObject({ accessToken: expect.any(String) });
    expect(sandbox.log.count({ operation: "token" })).toBe(2);
  });

  it("of a refresh is forgotten as well", async () => {
    const { sandbox, getToken } = connect();
    await getToken();
    sandbox.faults.next({ operation: "token", status: 500, times: 2 });
    await expect(getToken({ forceRefresh: true })).rejects.toMatchObject({ code: "auth_unavailable" });
    await expect(getToken()).resolves.toMatchObject({ accessToken: expect.any(String) });
  });

  it("ends a request that nobody answers, after ten seconds", async () => {
    const limits: number[] = [];
    const stop = new AbortController();
    const timeout = vi.spyOn(AbortSignal, "timeout").mockImplementation((milliseconds) => {
      limits.push(milliseconds);
      return stop.signal;
    });
    try {
      const { getToken } = connect({ fetch: (_, init) => hanging(init?.signal) });
      const error = failure(getToken());
      stop.abort(new DOMException("late", "TimeoutError"));
      expect(await error).toMatchObject({ code: "auth_unavailable" });
      expect(limits).toEqual([10_000]);
    } finally {
      timeout.mockRestore();
    }
  });
});

describe("giving up", () => {
  it("before the call asks for nothing", async () => {
    const { sandbox, getToken } = connect();
    const reason = new Error("left the page");
    await expect(getToken({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(sandbox.log.count({ operation: "token" })).toBe(0);
  });

  it("while waiting ends the wait of that caller alone", async () => {
    const { sandbox, getToken } = connect();
    const held = sandbox.faults.hold({ operation: "token" });
    const gone = new AbortController();
    const left = getToken({ signal: gone.signal });
    const stayed = getToken();
    await held.reached;
    const reason = new Error("left the page");
    gone.abort(reason);
    await expect(left).rejects.toBe(reason);
    held.release();
    await expect(stayed).resolves.toMatchObject({ accessToken: expect.any(String) });
  });
});

describe("with a client", () => {
  it("is its getAccessToken, and brings the next token after a 401", async () => {
    const { sandbox, grants, getToken } = connect();
    const client = createCoviuClient({ baseUrl: sandbox.baseUrl, fetch: sandbox.fetch, getAccessToken: getToken });
    await listSessions(client);
    sandbox.faults.expireTokens();
    await expect(listSessions(client)).resolves.toMatchObject({ content: [] });
    expect(grants).toEqual(["client_credentials", "refresh_token"]);
  });

  it("makes its requests fail as auth_unavailable while there is no token, and work again after that", async () => {
    const { sandbox, getToken } = connect();
    const client = createCoviuClient({ baseUrl: sandbox.baseUrl, fetch: sandbox.fetch, getAccessToken: getToken });
    sandbox.faults.next({ operation: "token", status: 503 });
    await expect(listSessions(client)).rejects.toMatchObject({ code: "auth_unavailable", outcome: "not-sent" });
    expect(sandbox.log.count()).toBe(0);
    await expect(listSessions(client)).resolves.toMatchObject({ content: [] });
  });
});

function broken(text: string): ReadableStream {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode(text));
      controller.error(new TypeError(`cut off after ${text}`));
    },
  });
}

/** Never answers; ends as `fetch` does when its signal fires. */
function hanging(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}
