import { readFileSync } from "node:fs";

import { createAccessTokenSource } from "coviu-react/server";

import { createCoviuClient, listSessions } from "../../src/core.ts";
import { type Canary, createSearch, minCanaryLength } from "../../src/sandbox/canaries/search.ts";

/** A sandbox of the tests: `api`, `key`, `secret`, `log`, and `proxy` if pages use another address. */
export type Api = Record<string, string>;

/** Reads all names, entry links and ids, the key's secret and the token. */
export async function secretsOf({ api = "", key = "", secret = "" }: Api) {
  const source = createAccessTokenSource({ apiKey: key, apiSecret: secret, baseUrl: api });
  const client = createCoviuClient({ baseUrl: api, getAccessToken: source });
  const canaries: Canary[] = [{ kind: "api-secret", value: secret }];
  for (let page = 0, more = true; more; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each page says whether another follows
    const result = await listSessions(client, { page, include_canceled: true, deleted_participants: true });
    more = result.more;
    for (const { session_name, participants } of result.content) {
      canaries.push({ kind: "session-name", value: session_name ?? "" });
      for (const { participant_id, entry_url = "", display_name = "" } of participants ?? []) {
        canaries.push({ kind: "participant-id", value: participant_id });
        canaries.push({ kind: "entry-link", value: entry_url }, { kind: "name", value: display_name });
      }
    }
  }
  const { accessToken: token } = await source();
  return { token, canaries: canaries.filter(({ value }) => value.length >= minCanaryLength) };
}

/** Finds canaries in the server's log, except ids in paths and names in bodies. */
export function foundInLog({ log = "" }: Api, canaries: readonly Canary[], since: string): string[] {
  const search = createSearch(canaries);
  return readFileSync(log, "utf8")
    .trim()
    .split("\n")
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(({ time }) => String(time) >= since)
    .flatMap((entry) =>
      Object.entries(entry).flatMap(([field, value]) =>
        search
          .find(JSON.stringify(value))
          .filter(({ kind }) => !(field === "path" && kind === "participant-id") && !(field === "body" && isName(kind)))
          .map(({ kind }) => `${String(entry["operation"])}: ${kind} in ${field}`),
      ),
    );
}

function isName(kind: string): boolean {
  return kind === "name" || kind === "session-name";
}
