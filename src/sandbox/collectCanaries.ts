import { type Canary, minCanaryLength } from "./canaries/search.ts";
import { entryUrl } from "./dialect.ts";
import type { Store } from "./store.ts";
import type { Tokens } from "./token.ts";

/** Collects all secrets of a sandbox: participants and entry links, including removed ones, and all tokens. */
export function collectCanaries(store: Store, tokens: Tokens, secret: string): Canary[] {
  const canaries: Canary[] = [
    { kind: "api-secret", value: secret },
    ...tokens.issued().map((value) => ({ kind: "token", value })),
    ...store.sessions().flatMap(({ session_name: name, participants }) => [
      { kind: "session-name", value: name ?? "" },
      ...participants.flatMap(({ participant_id: id, display_name }) => [
        { kind: "participant-id", value: id },
        { kind: "entry-link", value: entryUrl(id) },
        { kind: "name", value: display_name ?? "" },
      ]),
    ]),
  ];
  return canaries.filter(({ value }) => value.length >= minCanaryLength);
}
