// The two servers that are compared, each as a process of its own: node servers.mjs kit|bare, behind API and TOKEN.
import { serve } from "@hono/node-server";
import { createCoviuProxy } from "coviu-react/server";
import { Hono } from "hono";
import { proxy } from "hono/proxy";

const api = process.env.API ?? "";

/** What a proxy does at the least: it passes the request on, with the clinic's token. */
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
