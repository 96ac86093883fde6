import { createServer, type Server } from "node:http";

import { getRequestListener } from "@hono/node-server";

import type { Recipe } from "./recipe.ts";

/** Node's own server. The listener streams the body, and a write goes on after its browser has disconnected. */
export function nodeApp({ coviu, log }: Recipe): Server {
  const listener = getRequestListener(coviu);
  return createServer((request, response) => {
    // Before any logging: paths below the mount contain ids, and an entry link can be built from an id.
    if (request.url?.startsWith("/api/coviu/")) {
      void listener(request, response);
      return;
    }
    log(`${request.method} ${request.url}`);
    response.end("the rest of the app");
  });
}
