import { once } from "node:events";
import type { Server } from "node:http";

import { createAdaptorServer } from "@hono/node-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { createSandbox } from "../../src/sandbox/index.ts";
import { expressApp } from "./adapters/express.ts";
import { honoApp } from "./adapters/hono.ts";
import { nodeApp } from "./adapters/node.ts";
import type { Recipe } from "./adapters/recipe.ts";
import { responseHeaders, createClinic, credentials, now, origin } from "./clinic.ts";

/** Loads the route's file with the part of Next that calls it. */
async function nextApp({ log }: Recipe) {
  const route = await import("./adapters/next/app/api/coviu/[...path]/route.ts");
  const { default: config } = await import("./adapters/next/next.config.ts");
  const fetch = (request: Request) => {
    const { pathname } = new URL(request.url);
    const handler = Object.entries(route).find(([method]) => method === request.method)?.[1];
    if (!config.logging.incomingRequests.ignore.some((path) => path.test(pathname)))
      log(`${request.method} ${pathname}`);
    if (!pathname.startsWith("/api/coviu/")) return new Response("the rest of the app");
    return handler?.(request) ?? new Response(null, { status: 405 });
  };
  return createAdaptorServer({ fetch });
}

/** The resource route's module with the part of React Router that calls it. */
async function reactRouterApp({ log }: Recipe) {
  const route = await import("./adapters/reactRouter.ts");
  return fetchApp(log, (request) => (request.method === "GET" ? route.loader : route.action)({ request }));
}

/** The endpoint's module with the part of Astro that calls it. */
async function astroApp({ log }: Recipe) {
  const route = await import("./adapters/astro.ts");
  return fetchApp(log, (request) => route.ALL({ request }));
}

function fetchApp(log: Recipe["log"], route: Recipe["coviu"]) {
  return createAdaptorServer({
    fetch(request: Request) {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith("/api/coviu/")) return route(request);
      log(`${request.method} ${pathname}`);
      return new Response("the rest of the app");
    },
  });
}

const sandbox = createSandbox({ now });
/** Serves the sandbox over HTTP, with scripted failures. */
const service = createAdaptorServer({ fetch: (request: Request) => sandbox.fetch(request) });
let baseUrl = "";
beforeAll(async () => {
  baseUrl = `${await listening(service)}/v1`;
  vi.stubEnv("COVIU_API", baseUrl);
  vi.stubEnv("COVIU_KEY", credentials.apiKey);
  vi.stubEnv("COVIU_SECRET", credentials.apiSecret);
  vi.stubEnv("APP_ORIGIN", origin);
});
afterAll(async () => {
  service.close();
  vi.unstubAllEnvs();
});
beforeEach(() => {
  sandbox.faults.clear();
  sandbox.log.clear();
});

async function listening(server: Awaited<ReturnType<typeof nextApp>> | Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

it("can be built by Next.js without the key", async () => {
  vi.stubEnv("COVIU_KEY", undefined);
  vi.stubEnv("COVIU_SECRET", undefined);
  vi.resetModules();
  await expect(import("./adapters/next/app/api/coviu/[...path]/route.ts")).resolves.toHaveProperty("GET");
  vi.stubEnv("COVIU_KEY", credentials.apiKey);
  vi.stubEnv("COVIU_SECRET", credentials.apiSecret);
});

describe.each([
  ["Node's http", nodeApp],
  ["Express", expressApp],
  ["Hono", honoApp],
  ["a route handler of Next.js", nextApp],
  ["a resource route of React Router", reactRouterApp],
  ["an endpoint of Astro", astroApp],
])("the proxy in %s", (_, start) => {
  const lines: string[] = [];
  let server: Awaited<ReturnType<typeof nextApp>> | Server;
  let url = "";

  beforeAll(async () => {
    const { proxy } = createClinic({ baseUrl, fetch: globalThis.fetch, origins: [origin] });
    server = await start({ coviu: proxy, log: (line) => lines.push(line) });
    url = await listening(server);
  });
  afterAll(() => {
    server.close();
  });

  /** Sends a request as a page of the app does, through a gateway that terminates TLS. */
  function sendAsPage(path: string, { headers, ...init }: Omit<RequestInit, "headers"> & { headers?: object } = {}) {
    const isWrite = init.method !== undefined && init.method !== "GET";
    return fetch(`${url}/api/coviu/${path}`, {
      ...init,
      headers: {
        "coviu-kit": "1",
        origin,
        cookie: "user=chen",
        ...(isWrite && { "idempotency-key": crypto.randomUUID() }),
        ...(init.body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
    });
  }

  const booking = (session_name: string) => ({
    session_name,
    start_time: "2026-01-13T00:00:00.000Z",
    end_time: "2026-01-13T00:30:00.000Z",
    participants: [{ display_name: "Mei-Ling Chen", role: "HOST", state: "clinician-chen" }],
  });

  it("lists the user's sessions, with the headers of the proxy and none of the service", async () => {
    const response = await sendAsPage("sessions?page_size=3");
    expect(response.status).toBe(200);
    const { content } = await response.json();
    expect(content).toHaveLength(3);
    for (const session of content) expect(JSON.stringify(session)).toContain("clinician-chen");
    expect(Object.fromEntries(response.headers)).toMatchObject(responseHeaders);
    const known =
      /^(cache-control|content-.*|cross-origin-.*|referrer-policy|x-content-.*|date|connection|keep-alive|transfer-encoding)$/;
    expect([...response.headers.keys()].filter((name) => !known.test(name))).toEqual([]);
  });

  it("accepts a booking in chunks, reads, edits and a cancel", async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(booking("Ngọc’s knee – physiotherapy")));
    // Split within a character of three bytes.
    const cut = bytes.findIndex((byte) => byte > 0xe0) + 1;
    const body = new ReadableStream({
      async start(controller) {
        controller.enqueue(bytes.subarray(0, cut));
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
        controller.enqueue(bytes.subarray(cut));
        controller.close();
      },
    });
    const duplex = { duplex: "half" };
    const booked = await sendAsPage("sessions", { method: "POST", body, ...duplex });
    expect(booked.status).toBe(200);
    const { session_id: id, session_name } = await booked.json();
    expect(session_name).toBe("Ngọc’s knee – physiotherapy");
    expect(await (await sendAsPage(`sessions/${id}`)).json()).toMatchObject({ session_id: id, session_name });
    const moved = await sendAsPage(`sessions/${id}`, {
      method: "PUT",
      body: JSON.stringify({ session_name: "Moved" }),
    });
    expect(await moved.json()).toMatchObject({ session_name: "Moved" });
    expect(await (await sendAsPage(`sessions/${id}`, { method: "DELETE" })).json()).toEqual({ ok: true });
    expect((await sendAsPage(`sessions/${id}`)).status).toBe(404);
  });

  it("responds with 401 in JSON if no user is signed in", async () => {
    const response = await sendAsPage("sessions", { headers: { cookie: "user=unknown" } });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: "auth_required" } });
  });

  it("responds with 413 to a body that is too large, and serves the next request", async () => {
    const body = JSON.stringify(booking("x".repeat(70_000)));
    const response = await sendAsPage("sessions", { method: "POST", body });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: "invalid_request" } });
    expect((await sendAsPage("sessions?page_size=1")).status).toBe(200);
    expect(sandbox.log.count({ operation: "createSession" })).toBe(0);
  });

  it("accepts requests of the public origin only", async () => {
    expect((await sendAsPage("sessions", { headers: { origin: url } })).status).toBe(403);
    expect((await sendAsPage("sessions", { headers: { "coviu-kit": "" } })).status).toBe(403);
  });

  it("passes on retry-after", async () => {
    sandbox.faults.next({ operation: "getSessionPage", status: 429, headers: { "retry-after": "7" } });
    const response = await sendAsPage("sessions?page_size=2");
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("7");
  });

  it("finishes a booking whose browser has disconnected, and responds to its repeat with the outcome", async () => {
    const held = sandbox.faults.hold({ operation: "createSession" });
    const disconnect = new AbortController();
    const init = {
      method: "POST",
      body: JSON.stringify(booking("Disconnected")),
      headers: { "idempotency-key": crypto.randomUUID() },
    };
    const aborted = sendAsPage("sessions", { ...init, signal: disconnect.signal });
    await held.reached;
    disconnect.abort();
    await expect(aborted).rejects.toThrow("abort");
    const repeat = sendAsPage("sessions", init);
    held.release();
    expect(await (await repeat).json()).toMatchObject({ session_name: "Disconnected" });
    expect(sandbox.log.count({ operation: "createSession" })).toBe(1);
  });

  it("does not write requests below the mount path to the app's access log", async () => {
    expect(await (await fetch(`${url}/?from=log`)).text()).toBe("the rest of the app");
    expect(lines.some((line) => line.includes("GET /"))).toBe(true);
    expect(lines.filter((line) => line.includes("coviu"))).toEqual([]);
  });
});
