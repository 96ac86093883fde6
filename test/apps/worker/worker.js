import { createCoviuProxy, ownSessions } from "coviu-react/server";
import { Hono } from "hono";

const users = {
  chen: { id: "clinician-chen", role: "clinician" },
  desk: { id: "desk", role: "reception" },
};

/** Stands for the login of the app. */
const userOf = ({ headers }) => users[/user=(\w+)/.exec(headers.get("cookie") ?? "")?.[1] ?? ""];

/** Settings come with the first request; the proxy may be created before. */
let env = {};
const errors = [];
const coviu = createCoviuProxy({
  apiKey: () => env.COVIU_KEY,
  apiSecret: async () => env.COVIU_SECRET,
  authenticate: async (request) => userOf(request),
  ...ownSessions({ seesAll: ({ role }) => role === "reception" }),
  entryUrls: "on-demand",
  // Few, so that requests have to wait for each other.
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
  const answer = coviu(c.req.raw);
  // A write goes on when its browser is gone.
  c.executionCtx.waitUntil(answer);
  return answer;
});
app.get("/errors", (c) => c.json(errors));

export default app;
