import { createServer, type Server } from "node:http";

import { getRequestListener } from "@hono/node-server";

import type { Recipe } from "./recipe.ts";

/** Node's own server. The listener passes the body on piece by piece, and a write goes on when its browser has gone. */
export function nodeApp({ coviu, log }: Recipe): Server {
  const listener = getRequestListener(coviu);
  return createServer((request, response) => {
    // Before anything is logged: paths below it hold ids, and an id is the key to a session.
    if (request.url?.startsWith("/api/coviu/")) {
      void listener(request, response);
      return;
    }
    log(`${request.method} ${request.url}`);
    response.end("the rest of the app");
  });
}
