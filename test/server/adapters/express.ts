import { createServer, type Server } from "node:http";

import { getRequestListener } from "@hono/node-server";
import express from "express";

import type { Recipe } from "./recipe.ts";

export function expressApp({ coviu, log }: Recipe): Server {
  const app = express();
  app.disable("x-powered-by");
  // Before all other middleware: body parsers would consume the body, and an access log would record ids.
  app.all("/api/coviu/*path", getRequestListener(coviu));
  app.use((request, _, next) => {
    log(`${request.method} ${request.originalUrl}`);
    next();
  });
  app.use(express.json());
  app.get("/", (_, response) => void response.send("the rest of the app"));
  return createServer(app);
}
