import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import {
  CoviuError,
  createCoviuClient,
  cancelSession,
  createSession,
  getSession,
  listSessions,
} from "../../src/core.ts";
import { scriptedServer, type ScriptedServer } from "../harness/scriptedServer.ts";

const session = { session_id: "s", start_time: "2026-01-12T10:00:00Z", end_time: "2026-01-12T11:00:00Z" };
const page = { content: [session], more: false };
const html = "<!doctype html><html><body>Sign in</body></html>";

let warn: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  warn = vi.spyOn(console, "warn").mockImplementation(() => {});
});

const servers: ScriptedServer[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(respond: Parameters<typeof scriptedServer>[0]): Promise<ScriptedServer> {
  const server = await scriptedServer(respond);
  servers.push(server);
  return server;
}

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "no failure",
    (error: unknown) => error,
  );

/** A client with a fetch that calls `respond`, and the requests it sent as method and path. */
function connect(respond: (path: string, request: Request) => Response | Promise<Response>, options: object = {}) {
  const sent: string[] = [];
  const client = createCoviuClient({
    baseUrl: "https://clinic.example/api/coviu",
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      sent.push(`${request.method} ${pathname.replace("/api/coviu", "")}`);
      return respond(pathname.replace("/api/coviu", ""), request);
    },
    ...options,
  });
  return { client, sent };
}

describe("a wrong baseUrl", () => {
  it.each([
    ["an empty 404", () => new Response(null, { status: 404 })],
    ["a 404 in HTML", () => new Response(html, { status: 404, headers: { "content-type": "text/html" } })],
    [
      "a 404 in JSON of another framework",
      () => Response.json({ message: "Route not found", statusCode: 404 }, { status: 404 }),
    ],
    [
      "a 404 with an error message like the API's",
      () => Response.json({ error: { message: "Not Found" } }, { status: 404 }),
    ],
    [
      "a 404 of a proxy mounted at another path",
      () => Response.json({ error: { code: "not_found", message: "", reference: "1" } }, { status: 404 }),
    ],
    ["405", () => new Response(null, { status: 405 })],
    [
      "an HTML page with status 200",
      () => new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } }),
    ],
    ["an HTML page without a content type", () => new Response(html, { headers: { "content-type": "" } })],
  ])("rejects a list with wrong_address when every response is %s", async (_, respond) => {
    const { client } = connect(respond);
    await expect(listSessions(client)).rejects.toMatchObject({ code: "wrong_address" });
  });

  it.each([
    ["an empty 404", () => new Response(null, { status: 404 })],
    ["a 404 in HTML", () => new Response(html, { status: 404, headers: { "content-type": "text/html" } })],
    [
      "a 404 with an error message like the API's",
      () => Response.json({ error: { message: "Not Found" } }, { status: 404 }),
    ],
    ["405", () => new Response(null, { status: 405 })],
  ])("rejects getSession and cancelSession with wrong_address when every response is %s", async (_, respond) => {
    const { client } = connect(respond);
    await expect(getSession(client, "s")).rejects.toMatchObject({ code: "wrong_address", outcome: "refused" });
    await expect(cancelSession(client, "s")).rejects.toMatchObject({ code: "wrong_address", outcome: "refused" });
  });

  it("is written to the console once, with the cause and without the requested id", async () => {
    const client = createCoviuClient({ baseUrl: "/wrong", fetch: async () => new Response(null, { status: 404 }) });
    vi.stubGlobal("location", { origin: "https://clinic.example" });
    const Relative = class extends Request {
      constructor(input: RequestInfo | URL, init?: RequestInit) {
        super(typeof input === "string" ? new URL(input, "https://clinic.example") : input, init);
      }
    };
    vi.stubGlobal("Request", Relative);
    await failureOf(getSession(client, "session-of-a-patient"));
    await failureOf(getSession(client, "session-of-a-patient"));
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/baseUrl "\/wrong": it answers 404\. Check/)]]);
    expect(JSON.stringify(warn.mock.calls)).not.toContain("session-of-a-patient");
  });

  it("is checked with one list request for several 404 responses at the same time", async () => {
    const { client, sent } = connect((path) =>
      path === "/sessions" ? Response.json(page) : new Response(null, { status: 404 }),
    );
    await Promise.all(["a", "b", "c"].map((id) => failureOf(getSession(client, id))));
    expect(sent.filter((path) => path === "GET /sessions")).toHaveLength(1);
  });
});

describe("a session that is not found", () => {
  it.each([
    ["an empty body", () => new Response(null, { status: 404 })],
    ["an HTML page", () => new Response(html, { status: 404, headers: { "content-type": "text/html" } })],
    ["an error message", () => Response.json({ error: { message: "Gone" } }, { status: 404 })],
  ])("is not_found when the list request succeeds, also with %s", async (_, respond) => {
    const { client } = connect((path) => (path === "/sessions" ? Response.json(page) : respond()));
    await expect(getSession(client, "s")).rejects.toMatchObject({ code: "not_found", outcome: "refused" });
  });

  it("sends no check when an earlier response has already shown that the address is right", async () => {
    const { client, sent } = connect((path) =>
      path === "/sessions" ? Response.json(page) : Response.json({ error: { message: "Gone" } }, { status: 404 }),
    );
    await listSessions(client);
    await failureOf(getSession(client, "s"));
    expect(sent).toEqual(["GET /sessions", "GET /sessions/s"]);
  });

  it("leaves the outcome of cancelSession unknown when the list request fails", async () => {
    const { client } = connect((path) => new Response(null, { status: path === "/sessions" ? 503 : 404 }));
    await expect(cancelSession(client, "s")).rejects.toMatchObject({ outcome: "unknown" });
  });
});

describe("a gateway that redirects to a sign-in page", () => {
  it.each([301, 302, 303, 307, 308])("with %i means signed out, over HTTP", async (status) => {
    const server = await serve((response) =>
      response.writeHead(status, { location: "https://login.example/oauth2/authorize?from=/v1/sessions" }).end(),
    );
    const onAuthLost = vi.fn<() => void>();
    const client = createCoviuClient({ baseUrl: server.baseUrl, onAuthLost });
    await expect(listSessions(client)).rejects.toMatchObject({ code: "auth_required" });
    expect(onAuthLost).toHaveBeenCalledOnce();
    expect([client.connection.state, server.arrivals()]).toEqual(["signed-out", 1]);
  });

  it("means signed out when the browser returns an opaque redirect", async () => {
    const hidden = Object.defineProperties(new Response(null), {
      type: { value: "opaqueredirect" },
      status: { value: 0 },
      ok: { value: false },
    });
    const onAuthLost = vi.fn<() => void>();
    const { client } = connect(() => hidden, { onAuthLost });
    await expect(createSession(client, session)).rejects.toMatchObject({ code: "invalid_input" });
    const { session_id: _, ...request } = session;
    await expect(createSession(client, request)).rejects.toMatchObject({ code: "auth_required", outcome: "unknown" });
    expect(onAuthLost).toHaveBeenCalledOnce();
  });

  it("means signed out when the app's own fetch has followed the redirect", async () => {
    const signInPage = new Response(html, { headers: { "content-type": "text/html" } });
    const { client } = connect(() => Object.defineProperty(signInPage, "redirected", { value: true }));
    await expect(listSessions(client)).rejects.toMatchObject({ code: "auth_required" });
  });

  it.each([
    ["a slash at the end", "/v1/sessions/"],
    ["another path", "/app/v1/sessions"],
    ["another scheme", "https://127.0.0.1/v1/sessions?page_size=1"],
  ])("does not count as one when it redirects the same resource to %s", async (_, location) => {
    const { baseUrl } = await serve((response) => response.writeHead(308, { location }).end());
    const client = createCoviuClient({ baseUrl });
    await expect(listSessions(client)).rejects.toMatchObject({ code: "wrong_address" });
    expect(client.connection.state).toBe("up");
  });

  it("receives no further request: the client follows no redirect", async () => {
    const other = await serve((response) => response.end(JSON.stringify(page)));
    const { baseUrl } = await serve((response) =>
      response.writeHead(307, { location: `${other.baseUrl}/sessions` }).end(),
    );
    const client = createCoviuClient({ baseUrl, getAccessToken: async () => "token" });
    await failureOf(listSessions(client));
    const { session_id: _, ...request } = session;
    await failureOf(createSession(client, request));
    expect(other.arrivals()).toBe(0);
  });
});

describe("baseUrl", () => {
  it.each([
    [undefined, /needs a baseUrl/],
    [null, /needs a baseUrl/],
    [" ", /needs a baseUrl/],
    [7, /needs a baseUrl/],
    ["//api/coviu", /two slashes/],
    ["/api//coviu", /two slashes in a row/],
    ["https://clinic.example//v1", /two slashes in a row/],
    ["api.coviu.com/v1", /no scheme/],
    ["localhost:3000/api", /no scheme/],
    ["api.coviu.com:443/v1", /no scheme/],
    ["https:/clinic.example", /must begin/],
    ["ftp://clinic.example", /must begin/],
    ["javascript:alert(1)", /must begin/],
    ["/api/coviu?key=1", /query/],
    ["/api/coviu#top", /fragment/],
    ["https://user:word@clinic.example/v1", /password/],
    ["/api coviu", /space/],
    ["https://[", /valid/],
  ])("%j is refused with an error that states the reason", (baseUrl, reason) => {
    // @ts-expect-error -- an app in JavaScript may pass any type
    const create = () => createCoviuClient({ baseUrl });
    expect(create).toThrow(TypeError);
    expect(create).toThrow(reason);
    expect(create).not.toThrow(/word@|alert/);
  });

  it.each([
    "/api/coviu",
    "/api/coviu/",
    "https://api.coviu.com/v1",
    "http://localhost:3000/api",
    "./api",
    "http://[::1]:80/x",
    "/",
  ])("%j is accepted without a warning", (baseUrl) => {
    expect(createCoviuClient({ baseUrl }).baseUrl).toBe(baseUrl);
    expect(warn).not.toHaveBeenCalled();
  });

  it("relative to the page is accepted with a warning that names the fix", () => {
    createCoviuClient({ baseUrl: "api/coviu" });
    expect(String(warn.mock.calls[0]?.[0])).toContain('Write "/api/coviu"');
  });

  it("without a host name is wrong_address outside a browser, and nothing is sent", async () => {
    const client = createCoviuClient({ baseUrl: "/api/coviu" });
    const { session_id: _, ...request } = session;
    await expect(createSession(client, request)).rejects.toMatchObject({ code: "wrong_address", outcome: "not-sent" });
  });
});

describe("other options", () => {
  it.each([
    ["fetch", "https://clinic.example"],
    ["fetch", Promise.resolve()],
    ["getAccessToken", "token"],
    ["onAuthLost", {}],
    ["onDrift", true],
  ])("%s of another type is refused", (name, value) => {
    expect(() => createCoviuClient({ baseUrl: "/api", [name]: value })).toThrow(`${name} must be a function`);
  });

  it("getAccessToken: a token that starts with Bearer is auth_unavailable with a message that says so", async () => {
    const { client } = connect(() => Response.json(page), { getAccessToken: async () => "Bearer abc" });
    const error = await failureOf(listSessions(client));
    expect(CoviuError.is(error) && [error.code, error.message]).toEqual([
      "auth_unavailable",
      "getAccessToken: auth_unavailable gave a token with Bearer before it",
    ]);
  });

  it("getAccessToken: a token of 20,000 characters is auth_unavailable, and no request is sent", async () => {
    const { client, sent } = connect(() => Response.json(page), { getAccessToken: async () => "x".repeat(20_000) });
    await expect(listSessions(client)).rejects.toMatchObject({ code: "auth_unavailable" });
    expect(sent).toEqual([]);
  });
});
