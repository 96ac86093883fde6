import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { logger } from "hono/logger";

import type { Recipe } from "./recipe.ts";

export function honoApp({ coviu, log }: Recipe) {
  const app = new Hono();
  // Before the log, which would record ids.
  app.all("/api/coviu/*", (c) => coviu(c.req.raw));
  app.use(logger(log));
  app.get("/", (c) => c.text("the rest of the app"));
  return createAdaptorServer({ fetch: app.fetch });
}
