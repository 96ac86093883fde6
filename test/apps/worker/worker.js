import { createCoviuProxy, ownSessions } from "coviu-react/server";
import { Hono } from "hono";

const users = {
  chen: { id: "clinician-chen", role: "clinician" },
  desk: { id: "desk", role: "reception" },
};

/** Example of the app's sign-in. */
const userOf = ({ headers }) => users[/user=(\w+)/.exec(headers.get("cookie") ?? "")?.[1] ?? ""];

/** Settings of the first request. The proxy is created before. */
let env = {};
const errors = [];
const coviu = createCoviuProxy({
  apiKey: () => env.COVIU_KEY,
  apiSecret: async () => env.COVIU_SECRET,
  authenticate: async (request) => userOf(request),
  ...ownSessions({ seesAll: ({ role }) => role === "reception" }),
  entryUrls: "on-demand",
  // A low limit, so that requests wait for each other.
  concurrency: 2,
  baseUrl: "http://127.0.0.1:API_PORT/v1",
  onError: (error, { source }) => errors.push(`${source}: ${error}`),
});

const app = new Hono();
app.use((c, next) => {
  env = c.env;
  return next();
});
app.all("/api/coviu/*", (c) => {
  const response = coviu(c.req.raw);
  // A write continues after its browser has disconnected.
  c.executionCtx.waitUntil(response);
  return response;
});
app.get("/errors", (c) => c.json(errors));

export default app;
