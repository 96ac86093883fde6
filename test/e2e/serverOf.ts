import { readFileSync } from "node:fs";

import { createAccessTokenSource } from "coviu-react/server";

import { createCoviuClient } from "../../src/core.ts";

/** The server behind the page: a client of the test's own, and what the page has written to it. */
export function serverOf({ api = "", log = "", key = "", secret = "" }: Record<string, string>) {
  const source = createAccessTokenSource({ apiKey: key, apiSecret: secret, baseUrl: api });
  const began = new Date().toISOString();
  return {
    client: createCoviuClient({ baseUrl: api, getAccessToken: source }),
    /** What the browser asked for since the test began; the test's own reads are left out by their kind. */
    writes: () =>
      readFileSync(log, "utf8")
        .trim()
        .split("\n")
        .map((line): { method: string; operation: string; body?: unknown; time: string; status: number } =>
          JSON.parse(line),
        )
        .filter((entry) => entry.method !== "GET" && entry.operation !== "token" && entry.time >= began),
  };
}
