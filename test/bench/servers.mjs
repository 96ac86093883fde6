// The two servers that are compared, each in a separate process: node servers.mjs kit|bare, with API and TOKEN in the environment.
import { serve } from "@hono/node-server";
import { createCoviuProxy } from "coviu-react/server";
import { Hono } from "hono";
import { proxy } from "hono/proxy";

const api = process.env.API ?? "";

/** Minimal proxy: passes the request on with the clinic's token. */
function bare() {
  const app = new Hono();
  app.get("/api/coviu/*", (c) => {
    const { pathname, search } = new URL(c.req.url);
    const headers = { accept: "application/json", authorization: `Bearer ${process.env.TOKEN}` };
    return proxy(`${api}${pathname.slice("/api/coviu".length)}${search}`, { headers });
  });
  return app.fetch;
}

function kit() {
  return createCoviuProxy({
    apiKey: "sandbox-key",
    apiSecret: "sandbox-secret",
    baseUrl: api,
    authenticate: ({ headers }) => (headers.get("cookie") ? { id: "desk" } : undefined),
    authorize: () => true,
  });
}

const fetch = process.argv[2] === "kit" ? kit() : bare();
serve({ fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => console.log(port));
