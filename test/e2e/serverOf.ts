import { readFileSync } from "node:fs";

import { createAccessTokenSource } from "coviu-react/server";

import { createCoviuClient } from "../../src/core.ts";

/** Returns a client of the page's server, and the writes in the server's log. */
export function serverOf({ api = "", log = "", key = "", secret = "" }: Record<string, string>) {
  const source = createAccessTokenSource({ apiKey: key, apiSecret: secret, baseUrl: api });
  const startedAt = new Date().toISOString();
  return {
    client: createCoviuClient({ baseUrl: api, getAccessToken: source }),
    /** Writes since the test started. The test itself only reads. */
    writes: () =>
      readFileSync(log, "utf8")
        .trim()
        .split("\n")
        .map((line): { method: string; operation: string; body?: unknown; time: string; status: number } =>
          JSON.parse(line),
        )
        .filter((entry) => entry.method !== "GET" && entry.operation !== "token" && entry.time >= startedAt),
  };
}
