import { serve } from "@hono/node-server";
import { expect, it } from "vitest";

import { createSandbox } from "../../src/sandbox/index.ts";
import { createCoviuProxy } from "../../src/server/index.ts";
import { authenticate, credentials, rule, type User } from "./users.ts";

const platformResponse = globalThis.Response;
const times = { start_time: "2026-01-13T00:00:00.000Z", end_time: "2026-01-13T00:30:00.000Z" };

it("the proxy works if its server replaces the global Request and Response", async () => {
  const sandbox = createSandbox({ now: "2026-01-11T22:52:00Z" });
  const api = serve({ fetch: sandbox.app.fetch, hostname: "127.0.0.1", port: 0 });
  const port = await listening(api);
  // Over HTTP, and in the same process, where the service's responses have that class too.
  for (const fetch of [globalThis.fetch, sandbox.fetch]) {
    const proxy = createCoviuProxy<User>({
      ...credentials,
      ...rule,
      authenticate,
      baseUrl: `http://127.0.0.1:${port}/v1`,
      fetch,
    });
    const server = serve({ fetch: proxy, hostname: "127.0.0.1", port: 0 });
    expect(globalThis.Response).not.toBe(platformResponse);
    // oxlint-disable no-await-in-loop
    const mount = `http://127.0.0.1:${await listening(server)}/api/coviu`;
    const headers = { "coviu-kit": "1", "sec-fetch-site": "same-origin", cookie: "user=desk" };
    const send = async (path: string, method = "GET", body?: object) => {
      const response = await globalThis.fetch(`${mount}/${path}`, {
        method,
        headers: {
          ...headers,
          ...(method !== "GET" && { "idempotency-key": crypto.randomUUID() }),
          ...(body && { "content-type": "application/json" }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, json: await response.json() };
    };
    const created = await send("sessions", "POST", { session_name: "Knee rehab", ...times });
    expect(created).toMatchObject({ status: 200, json: { session_name: "Knee rehab" } });
    const path = `sessions/${created.json.session_id}`;
    expect(await send(path)).toMatchObject({ status: 200, json: { session_name: "Knee rehab" } });
    expect(await send(path, "DELETE")).toEqual({ status: 200, json: { ok: true } });
    expect(await send("sessions/abc")).toMatchObject({ status: 404, json: { error: { code: "not_found" } } });
    // oxlint-enable no-await-in-loop
    server.close();
  }
  api.close();
});

async function listening(server: ReturnType<typeof serve>): Promise<number> {
  if (!server.listening) await new Promise<void>((resolve) => void server.once("listening", resolve));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}
