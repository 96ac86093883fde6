import { once } from "node:events";
import { createServer, request as httpRequest, type Server } from "node:http";

import { createAdaptorServer, getRequestListener } from "@hono/node-server";
import express from "express";
import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";

import { booking, createClinic, origin } from "./clinic.ts";

const servers: { close: () => unknown }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server | ReturnType<typeof createAdaptorServer>): Promise<number> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

interface Options {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: object;
}

/** Sends a request with node:http: fetch does not allow setting the host. */
async function send(port: number, { path, method = "GET", headers = {}, body }: Options) {
  const text = body && JSON.stringify(body);
  const sent = httpRequest({
    port,
    host: "127.0.0.1",
    path,
    method,
    headers: {
      "coviu-kit": "1",
      cookie: "user=chen",
      ...(method !== "GET" && { "idempotency-key": crypto.randomUUID() }),
      ...(text && { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
      ...headers,
    },
  });
  sent.end(text);
  const [response] = await once(sent, "response");
  let responseText = "";
  for await (const chunk of response) responseText += String(chunk);
  return { status: Number(response.statusCode), json: JSON.parse(responseText) };
}

describe("without origins, a write on plain HTTP or behind a gateway", () => {
  const clinics: [string, Record<string, string>, number][] = [
    [
      "sec-fetch-site: same-origin with another host",
      { "sec-fetch-site": "same-origin", origin, host: "localhost:3000" },
      200,
    ],
    ["sec-fetch-site: same-origin without an origin", { "sec-fetch-site": "same-origin", host: "localhost:3000" }, 200],
    [
      "no sec-fetch-site, and the origin is the host",
      { origin: "http://clinic.local:8080", host: "clinic.local:8080" },
      200,
    ],
    ["behind a gateway that terminates TLS", { origin: "https://clinic.local", host: "clinic.local" }, 200],
    ["with the port of its scheme", { origin: "https://clinic.local", host: "clinic.local:443" }, 200],
    ["by address", { origin: "http://192.168.1.5:8080", host: "192.168.1.5:8080" }, 200],
    ["by IPv6 address", { origin: "http://[::1]:8080", host: "[::1]:8080" }, 200],
    ["another origin", { origin: "https://evil.example", host: "clinic.local" }, 403],
    ["another port", { origin: "http://clinic.local:9000", host: "clinic.local:8080" }, 403],
    ["a subdomain", { origin: "http://evil.clinic.local", host: "clinic.local" }, 403],
    ["no origin", { host: "clinic.local" }, 403],
    ["an opaque origin", { origin: "null", host: "clinic.local" }, 403],
    [
      "an opaque origin with sec-fetch-site: same-origin",
      { origin: "null", host: "clinic.local", "sec-fetch-site": "same-origin" },
      403,
    ],
    ["two origins", { origin: "http://clinic.local, http://evil.example", host: "clinic.local" }, 403],
    [
      "a forwarded host, which any client may send",
      { origin: "https://evil.example", host: "clinic.local", "x-forwarded-host": "evil.example" },
      403,
    ],
    [
      "same-site is not same-origin",
      { origin: "http://clinic.local", host: "clinic.local", "sec-fetch-site": "same-site" },
      403,
    ],
    ["cross-site", { origin: "http://clinic.local", host: "clinic.local", "sec-fetch-site": "cross-site" }, 403],
    ["typed into the address bar", { host: "clinic.local", "sec-fetch-site": "none" }, 403],
    ["no coviu-kit header", { origin: "http://clinic.local", host: "clinic.local", "coviu-kit": "0" }, 403],
  ];

  it.each(clinics)("%s", async (_, headers, status) => {
    const { proxy, events, writes } = createClinic();
    const port = await listening(createServer(getRequestListener(proxy)));
    const response = await send(port, { path: "/api/coviu/sessions", method: "POST", headers, body: booking });
    expect(response.status).toBe(status);
    expect(writes()).toBe(status === 200 ? 1 : 0);
    // The audit contains the cause; the response does not.
    const [event] = events;
    if (status === 403) expect(event?.cause).toMatch(/origin|sec-fetch-site|coviu-kit/);
    else expect(event?.cause).toBeUndefined();
    expect(JSON.stringify(response.json)).not.toContain("clinic.local");
  });

  it("names the refused origin and host, and no value that is not an origin", async () => {
    const { proxy, events } = createClinic();
    const port = await listening(createServer(getRequestListener(proxy)));
    const post = (headers: Record<string, string>) =>
      send(port, { path: "/api/coviu/sessions", method: "POST", headers, body: booking });
    await post({ origin: "http://192.168.1.5:5173", host: "localhost:3000" });
    await post({ origin: "<script>", host: "localhost:3000" });
    expect(events.map(({ cause }) => cause)).toEqual([
      'origin "http://192.168.1.5:5173" is not the host "localhost:3000"; if a gateway changes the host, name this origin in the option origins',
      "origin is not readable",
    ]);
  });

  it("of a page with DNS rebinding has no cookie of the app; origins refuses it too", async () => {
    const rebound = { origin: "http://evil.example", host: "evil.example", cookie: "" };
    for (const [options, status] of [
      [{}, 401],
      [
        { origins: ["http://clinic.local"], authenticate: () => ({ id: "by-network", role: "reception" as const }) },
        403,
      ],
    ] as const) {
      const { proxy } = createClinic(options);
      // oxlint-disable-next-line no-await-in-loop
      const port = await listening(createServer(getRequestListener(proxy)));
      // oxlint-disable-next-line no-await-in-loop
      expect((await send(port, { path: "/api/coviu/sessions", headers: rebound })).status).toBe(status);
    }
  });
});

const own = { "sec-fetch-site": "same-origin" };

describe("the proxy in Express", () => {
  it.each<[string, (app: express.Express, listener: express.RequestHandler) => void, string]>([
    ["with app.use", (app, listener) => app.use("/api/coviu", listener), "/api/coviu"],
    [
      "in routers within each other",
      (app, listener) => {
        const [outer, inner] = [express.Router(), express.Router()];
        inner.use("/coviu", listener);
        outer.use("/api", inner);
        app.use("/clinic", outer);
      },
      "/clinic/api/coviu",
    ],
    ["with app.all", (app, listener) => app.all("/api/coviu/*path", listener), "/api/coviu"],
    ["after express.json()", (app, listener) => app.use(express.json()).use("/api/coviu", listener), "/api/coviu"],
    ["after express.text()", (app, listener) => app.use(express.text({ type: "*/*" })).use(listener), "/api/coviu"],
    ["after express.raw()", (app, listener) => app.use(express.raw({ type: "*/*" })).use(listener), "/api/coviu"],
    [
      "after a body parser that finds nothing to read",
      (app, listener) => app.use(express.urlencoded()).use(listener),
      "/api/coviu",
    ],
  ])("accepts bookings, changes and cancels %s", async (_, mount, base) => {
    const { proxy } = createClinic();
    const app = express();
    const listener = getRequestListener(proxy);
    mount(app, (request, response) => void listener(request, response));
    const port = await listening(createServer(app));
    const booked = await send(port, { path: `${base}/sessions`, method: "POST", headers: own, body: booking });
    expect([booked.status, booked.json.session_name]).toEqual([200, "Knee rehab"]);
    const path = `${base}/sessions/${booked.json.session_id}`;
    expect((await send(port, { path: `${path}/`, headers: own })).json.session_name).toBe("Knee rehab");
    const body = { session_name: "Ngọc’s knee" };
    expect((await send(port, { path, method: "PUT", headers: own, body })).json.session_name).toBe("Ngọc’s knee");
    expect((await send(port, { path, method: "DELETE", headers: own })).json).toEqual({ ok: true });
    expect((await send(port, { path: `${base}/sessions?page_size=2`, headers: own })).json.page_size).toBe(2);
  });

  it("checks size and depth of a body that express.json() has read", async () => {
    const { proxy, writes } = createClinic();
    const listener = getRequestListener(proxy);
    const app = express()
      .use(express.json({ limit: "1mb" }))
      .use("/api/coviu", (request, response) => void listener(request, response));
    const port = await listening(createServer(app));
    const post = (body: object) => send(port, { path: "/api/coviu/sessions", method: "POST", headers: own, body });
    expect((await post({ ...booking, session_name: "x".repeat(70_000) })).status).toBe(413);
    const deep = JSON.parse(`${'{"a":'.repeat(900)}1${"}".repeat(900)}`);
    expect((await post(deep)).status).toBe(400);
    expect(writes()).toBe(0);
  });
});

describe("the proxy in Hono", () => {
  it("accepts requests in a sub-app, and below a base path", async () => {
    const { proxy } = createClinic();
    const api = new Hono();
    api.all("/coviu/*", (c) => proxy(c.req.raw));
    const app = new Hono();
    app.route("/api", api);
    app.route("/clinic/api", api);
    const port = await listening(createAdaptorServer({ fetch: app.fetch }));
    for (const base of ["/api/coviu", "/clinic/api/coviu"]) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await send(port, { path: `${base}/sessions?page_size=2`, headers: own })).status).toBe(200);
      // oxlint-disable-next-line no-await-in-loop
      const booked = await send(port, { path: `${base}/sessions/`, method: "POST", headers: own, body: booking });
      expect(booked.status).toBe(200);
    }
  });

  it('names the cause if a router has removed the mount, and works with mount: "/"', async () => {
    const { proxy, server, events } = createClinic();
    const strict = new Hono().mount("/api/coviu", (request) => proxy(request));
    const right = new Hono().mount("/api/coviu", (request) => server({ mount: "/" }).proxy(request));
    const headers = { ...own, "coviu-kit": "1", cookie: "user=chen" };
    const refused = await strict.request(`${origin}/api/coviu/sessions/secret-id`, { headers });
    expect(refused.status).toBe(404);
    const text = await refused.text();
    expect(text).toContain(
      'does not begin with /api/coviu. If a router has removed it, give createCoviuProxy mount: \\"/\\"',
    );
    expect(text + JSON.stringify(events)).not.toContain("secret-id");
    expect(events[0]?.cause).toContain('mount: "/"');
    expect((await right.request(`${origin}/api/coviu/sessions?page_size=2`, { headers })).status).toBe(200);
  });

  it("names the cause if other middleware has read the body", async () => {
    const { proxy, events, writes } = createClinic();
    const app = new Hono();
    app.use(async (c, next) => {
      await c.req.json();
      await next();
    });
    app.all("/api/coviu/*", (c) => proxy(c.req.raw));
    const port = await listening(createAdaptorServer({ fetch: app.fetch }));
    const post = { path: "/api/coviu/sessions", method: "POST", headers: own, body: booking };
    const { status, json } = await send(port, post);
    expect([status, json.error.message]).toEqual([
      400,
      expect.stringMatching(/read before it reached the proxy.*express\.json\(\).*clone/),
    ]);
    expect([events[0]?.cause, writes()]).toEqual([json.error.message, 0]);
  });
});

it("the proxy warns of refused requests in development, once for each cause", async () => {
  const { proxy } = createClinic();
  const lines: unknown[] = [];
  const { warn } = console;
  console.warn = (line: unknown) => lines.push(line);
  const headers = { "coviu-kit": "1", origin: "https://once.example", cookie: "user=chen" };
  for (let count = 0; count < 3; count += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await proxy(new Request(`${origin}/api/coviu/sessions`, { headers }));
  }
  console.warn = warn;
  expect(lines).toEqual([expect.stringMatching(/the proxy refused a request: origin "https:\/\/once\.example"/)]);
});
