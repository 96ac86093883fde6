import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { type ServerType, serve } from "@hono/node-server";
import { build } from "esbuild";
import { Hono } from "hono";

import { createSandbox } from "../../src/sandbox/index.ts";

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Builds the page and its styles, once for all servers. */
export async function buildPage() {
  const { outputFiles } = await build({
    entryPoints: [root("test/e2e/lifePage.tsx")],
    bundle: true,
    write: false,
    format: "esm",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    // The package name resolves to the built files, not to the paths of the type checker.
    tsconfigRaw: {},
  });
  return { script: outputFiles[0]?.text ?? "", styles: await readFile(root("dist/styles.css"), "utf8") };
}

/** Starts a clinic's server in this process: pages, a sign-in that can end, and a proxy in front of two sandboxes. */
export async function startServer({ script, styles }: Awaited<ReturnType<typeof buildPage>>) {
  const clinics = { north: createSandbox(), south: createSandbox() };
  /** Token for pages with `getAccessToken`. The proxy has another one. */
  const token = `token-${crypto.randomUUID()}`;
  const state = { signedIn: true, reached: true, requests: 0 };
  let resolveHold: (() => void) | undefined;
  let held: Promise<void> | undefined;

  const app = new Hono();
  app.get("/script.js", (c) => c.body(script, 200, { "content-type": "text/javascript" }));
  app.get("/styles.css", (c) => c.body(styles, 200, { "content-type": "text/css" }));
  app.get("/token", (c) => c.text(token));
  app.get("/goodbye", (c) => c.html("<!doctype html><title>Goodbye</title><h1>Goodbye</h1>"));
  app.all("/api/:clinic/*", async (c) => {
    state.requests += 1;
    await held;
    if (!state.reached) return c.text("", 503);
    if (!state.signedIn) return c.json({}, 401);
    const sandbox = c.req.param("clinic") === "south" ? clinics.south : clinics.north;
    const token = await sandbox.getAccessToken({ forceRefresh: false, signal: c.req.raw.signal });
    const accessToken = typeof token === "string" ? token : token.accessToken;
    const { pathname, search } = new URL(c.req.url);
    const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
    const { method } = c.req;
    const body = method === "GET" ? undefined : await c.req.text();
    const path = pathname.replace(/^\/api\/\w+/, "/v1");
    return sandbox.app.request(`${path}${search}`, { method, headers, ...(body && { body }) });
  });
  app.get("/*", (c) =>
    c.html(
      '<!doctype html><html lang="en-AU"><title>Clinic</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/styles.css"><main id="root"></main><script type="module" src="/script.js"></script>',
    ),
  );

  const [server, port] = await new Promise<[ServerType, number]>((resolve) => {
    const started = serve(
      { fetch: app.fetch, overrideGlobalObjects: false, hostname: "127.0.0.1", port: 0 },
      ({ port }) => resolve([started, port]),
    );
  });
  return {
    url: `http://127.0.0.1:${port}`,
    clinics,
    state,
    token,
    /** Delays every response until `release()`. */
    hold() {
      held = new Promise((resolve) => {
        resolveHold = resolve;
      });
    },
    release() {
      resolveHold?.();
      held = undefined;
    },
    close: () => server.close(),
  };
}
