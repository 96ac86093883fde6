import { describe, expect, it } from "vitest";

import { entryUrlRoutes, type Route, routes } from "../../src/server/proxy/routes.ts";
import { createClinic, origin } from "./clinic.ts";

const own = new URL(origin);
const origins = {
  own: origin,
  foreign: "https://evil.example",
  opaque: "null",
  "other port": `${origin}:8443`,
  "other scheme": `http://${own.host}`,
  "own below": `https://evil.${own.host}`,
  absent: undefined,
};
const sites = ["same-origin", "same-site", "cross-site", "none", undefined];
const kits = ["1", "0", undefined];
const types = [
  "application/json",
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  undefined,
];
const modes = ["cors", "navigate", undefined];

const everyRoute: readonly Route[] = [...routes, ...entryUrlRoutes];

/** Creates a clinic with entry links on demand, and the ids of an upcoming session and of a participant in it. */
async function clinicWithIds() {
  const clinic = createClinic({ entryUrls: "on-demand", entryUrlsPerHour: 1e6 });
  const { content } = await clinic
    .send("desk", "sessions?start_time=2026-01-13T00:00:00Z")
    .then((response) => response.json());
  const [session] = content;
  clinic.sandbox.log.clear();
  const filled = (path: string) =>
    path
      .replace("{session_id}", session.session_id)
      .replace("{participant_id}", session.participants[1].participant_id);
  return { ...clinic, filled };
}

function headersOf(values: Record<string, string | undefined>): Headers {
  const headers = new Headers({ cookie: "user=desk", "idempotency-key": crypto.randomUUID() });
  for (const [name, value] of Object.entries(values)) if (value !== undefined) headers.set(name, value);
  return headers;
}

const times = { start_time: "2026-01-14T00:00:00Z", end_time: "2026-01-14T00:30:00Z" };
const bodies: Partial<Record<Route["operation"], object>> = {
  createSession: { session_name: "Csrf", ...times },
  updateSession: { session_name: "Csrf" },
  addSessionParticipant: { display_name: "Csrf" },
  updateSessionParticipant: { display_name: "Csrf" },
};

/** Encodes to bytes: a string would add a content type. */
function bodyOf({ operation }: Route): Uint8Array<ArrayBuffer> | null {
  const body = bodies[operation];
  return body ? new TextEncoder().encode(JSON.stringify(body)) : null;
}

function expectNoCrossOriginHeaders({ headers }: Response): void {
  const names = [...headers.keys()];
  expect(names.filter((name) => /^access-control|^set-cookie|^allow$/.test(name))).toEqual([]);
}

describe("a request reaches the service", () => {
  it.each(everyRoute.map((route) => [route.operation, route] as const))(
    "%s: only from the app's own pages",
    async (operation, route) => {
      const { proxy, sandbox, filled } = await clinicWithIds();
      const { method } = route;
      const url = `${origin}/api/coviu/${filled(route.path)}`;
      const isRead = method === "GET";
      let passed = 0;
      const wrong: string[] = [];
      for (const site of sites) {
        for (const from of Object.values(origins)) {
          for (const kit of kits) {
            for (const type of types) {
              for (const mode of operation === "joinSession" ? modes : ["cors"]) {
                const headers = headersOf({
                  origin: from,
                  "sec-fetch-site": site,
                  "sec-fetch-mode": mode,
                  "coviu-kit": kit,
                  "content-type": type,
                });
                const countBefore = sandbox.log.entries().length;
                // oxlint-disable-next-line no-await-in-loop -- the loop finds out which one was sent
                const response = await proxy(new Request(url, { method, headers, body: bodyOf(route) }));
                expectNoCrossOriginHeaders(response);

                const isFollowed = operation === "joinSession" && mode === "navigate" && site === "same-origin";
                const isOwn =
                  (kit === "1" || isFollowed) &&
                  (site === undefined || site === "same-origin") &&
                  // Sec-Fetch-Site is sufficient; without it, the origin must be the host.
                  (from === undefined || (site === "same-origin" && !isFollowed ? from !== "null" : from === origin)) &&
                  (isRead || site !== undefined || from !== undefined);
                const isJson = bodyOf(route) ? type === "application/json" : isRead || type === undefined;
                const combination = JSON.stringify({ site, from, kit, type, mode, status: response.status });
                const isRefused = isOwn ? [400, 415].includes(response.status) : response.status === 403;
                const isSent = sandbox.log.entries().length > countBefore;
                const isExpected = isOwn && isJson ? isSent && !isRefused : isRefused && !isSent;
                if (!isExpected) wrong.push(combination);
                else if (isSent) passed += 1;
              }
            }
          }
        }
      }
      expect(wrong).toEqual([]);
      expect(passed).toBeGreaterThan(0);
    },
  );

  it("never if a form, image, link or script of another origin can send it", async () => {
    const { proxy, sandbox, filled } = await clinicWithIds();
    const form = { "content-type": "text/plain" };
    const attacks: Record<string, string>[] = [
      { origin: origins.foreign, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", ...form },
      { origin: "null", "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", ...form },
      { origin: origins["own below"], "sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors", ...form },
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" },
      { "sec-fetch-site": "none", "sec-fetch-mode": "navigate" },
      { origin: origins.foreign, ...form },
      {},
    ];
    for (const route of everyRoute) {
      const { method, path } = route;
      for (const attack of attacks) {
        const request = new Request(`${origin}/api/coviu/${filled(path)}`, {
          method,
          headers: headersOf(attack),
          body: bodyOf(route),
        });
        // oxlint-disable-next-line no-await-in-loop
        const response = await proxy(request);
        expect([response.status, path]).toEqual([403, path]);
        expectNoCrossOriginHeaders(response);
      }
    }
    expect(sandbox.log.entries()).toEqual([]);
  });

  it("never with another method or as a preflight", async () => {
    const { send, sandbox, filled } = await clinicWithIds();
    const known = new Set(everyRoute.map(({ method, path }) => `${method} ${path}`));
    for (const path of new Set(everyRoute.map((route) => route.path))) {
      for (const method of ["HEAD", "OPTIONS", "PATCH", "PROPFIND", "GET", "POST", "PUT", "DELETE"]) {
        if (known.has(`${method} ${path}`)) continue;
        // oxlint-disable-next-line no-await-in-loop
        const response = await send("desk", filled(path), { method });
        expect([response.status, method, path]).toEqual([404, method, path]);
        expectNoCrossOriginHeaders(response);
      }
      const preflight = {
        origin: origins.foreign,
        "sec-fetch-site": "cross-site",
        "access-control-request-method": "POST",
        "access-control-request-headers": "coviu-kit,content-type,idempotency-key",
      };
      // oxlint-disable-next-line no-await-in-loop
      const response = await send("desk", filled(path), { method: "OPTIONS", headers: preflight });
      expect(response.status).toBe(403);
      expectNoCrossOriginHeaders(response);
    }
    expect(sandbox.log.entries()).toEqual([]);
  });

  const strays = [
    "",
    "/sessions",
    "sessions//",
    "sessions//participants",
    "SESSIONS",
    "sessions;a=b",
    "sessions/..",
    "sessions/%2e%2e",
    "sessions/%2E%2E/participants",
    "sessions/.%2e/.%2e/auth/token",
    "sessions/..%2f..%2fauth%2ftoken",
    "../v1/sessions",
    "../../sessions",
    "auth/token",
    "users",
    "participants",
    "sessions/a%2Fparticipants",
    "sessions/a%00",
    "sessions/a%20b",
    "sessions/é",
    "sessions/a.b",
    "sessions/a/participants/b",
    "sessions/a/participants//",
    "participants/a/entry-url/b",
    "participants/a/join//",
    `sessions/${"a".repeat(513)}`,
    `sessions/${"a".repeat(1_000_000)}`,
    `sessions/${"%61".repeat(100)}`,
  ];

  it.each(strays.map((path) => [path.slice(0, 40), path] as const))(
    "never with a path outside the table: %s",
    async (_, path) => {
      const { send, sandbox } = createClinic({ entryUrls: "on-demand" });
      for (const method of ["GET", "POST", "PUT", "DELETE"]) {
        // oxlint-disable-next-line no-await-in-loop
        const response = await send("desk", path, { method });
        expect([response.status, method]).toEqual([404, method]);
        expectNoCrossOriginHeaders(response);
      }
      expect(sandbox.log.entries()).toEqual([]);
    },
  );

  it("never with a path outside the mount path, also with the same beginning", async () => {
    const { proxy, sandbox } = createClinic({ mount: "/kit/" });
    const headers = headersOf({ origin, "sec-fetch-site": "same-origin", "coviu-kit": "1" });
    for (const path of ["/kitsessions", "/sessions", "/api/coviu/sessions", "//kit/sessions", "/kit%2fsessions"]) {
      // oxlint-disable-next-line no-await-in-loop
      const { status } = await proxy(new Request(origin + path, { headers }));
      expect([status, path]).toEqual([404, path]);
    }
    expect(sandbox.log.entries()).toEqual([]);
    expect((await proxy(new Request(`${origin}/kit/sessions`, { headers }))).status).toBe(200);
  });

  it("for an entry link only with entryUrls: on-demand", async () => {
    const { send, sandbox } = createClinic();
    for (const { method, path } of entryUrlRoutes) {
      // oxlint-disable-next-line no-await-in-loop
      const response = await send("desk", path.replace("{participant_id}", "abc"), { method });
      expect(response.status).toBe(404);
    }
    expect(sandbox.log.entries()).toEqual([]);
  });

  it("from the given origins if a gateway terminates TLS", async () => {
    const { proxy } = createClinic({ origins: [origin] });
    const request = (from: string) =>
      proxy(
        new Request("http://10.0.0.7:3000/api/coviu/sessions", {
          headers: headersOf({ origin: from, "sec-fetch-site": "same-origin", "coviu-kit": "1" }),
        }),
      );
    expect((await request(origin)).status).toBe(200);
    expect((await request("http://10.0.0.7:3000")).status).toBe(403);
  });
});
