import { entryUrl } from "../dialect.ts";
import type { Store } from "../store.ts";
import type { Tokens } from "../token.ts";
import { type Canary, shortest } from "./search.ts";

/** All that a sandbox holds and nobody else should: people and links, also of who was removed, and every token. */
export function canariesOf(store: Store, tokens: Tokens, secret: string): Canary[] {
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
  return canaries.filter(({ value }) => value.length >= shortest);
}
