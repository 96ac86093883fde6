import { readFileSync } from "node:fs";

import { createAccessTokenSource } from "coviu-react/server";

import { createCoviuClient, listSessions } from "../../src/core.ts";
import { type Canary, createSearch, minCanaryLength } from "../../src/sandbox/canaries/search.ts";

/** A sandbox that was started for the tests: `api`, `key`, `secret`, `log`, and `proxy` where pages know it by another address. */
export type Api = Record<string, string>;

/** All people, links and ids that it holds, the secret of its key, and the token that was needed to ask. */
export async function secretsOf({ api = "", key = "", secret = "" }: Api) {
  const source = createAccessTokenSource({ apiKey: key, apiSecret: secret, baseUrl: api });
  const client = createCoviuClient({ baseUrl: api, getAccessToken: source });
  const canaries: Canary[] = [{ kind: "api-secret", value: secret }];
  for (let page = 0, more = true; more; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- whether a page follows stands in the one before
    const answer = await listSessions(client, { page, include_canceled: true, deleted_participants: true });
    more = answer.more;
    for (const { session_name, participants } of answer.content) {
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

/** What the server's log since then holds besides ids in paths and names in what was written. */
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
