// The server of the page "Put it in your app" on Hono, with the built app.
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { createCoviuProxy, ownSessions } from "coviu-react/server";
import { Hono } from "hono";

/** Example of the app's sign-in. */
const userOf = () => ({ id: "reception", role: "reception" });
const app = new Hono();
const rule = ownSessions({ seesAll: (user) => user.role === "reception" });
const keys = { apiKey: () => process.env["COVIU_KEY"] ?? "", apiSecret: () => process.env["COVIU_SECRET"] ?? "" };
const coviu = createCoviuProxy({ ...keys, baseUrl: process.env["COVIU_API"], authenticate: userOf, ...rule });
app.all("/api/coviu/*", (c) => coviu(c.req.raw));
app.use(serveStatic({ root: "dist" }));
serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => console.log(`listening on ${port}`));
