// The clinic's server: serves the page, and exchanges key and secret for the access tokens that the page requests.
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { createAccessTokenSource } from "coviu-react/server";
import { Hono } from "hono";

const port = Number(process.env.CLINIC_PORT ?? 4180);
const allowed = (process.env.SANDBOXES ?? "").split(",");
/** @type {Map<string, import("coviu-react/server").AccessTokenSource>} */
const sources = new Map();

const app = new Hono();
app.get("/token", async (c) => {
  const baseUrl = c.req.query("api") ?? "";
  if (!allowed.includes(baseUrl)) return c.json({ error: "unknown api" }, 400);
  const source =
    sources.get(baseUrl) ??
    createAccessTokenSource({ apiKey: "e2e-key", apiSecret: () => process.env.SANDBOX_SECRET ?? "", baseUrl });
  sources.set(baseUrl, source);
  return c.json(await source());
});
app.use(serveStatic({ root: ".out/e2e-page" }));

serve({ fetch: app.fetch, hostname: "127.0.0.1", port }, () => console.log(`clinic on ${port}`));
