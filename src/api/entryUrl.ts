import type { CoviuClient, RequestOptions } from "./client.ts";
import { CoviuError, notSent } from "./errors.ts";
import { isId } from "./ids.ts";

const operation = "revealEntryUrl";

/**
 * The entry link of one person, from a proxy that gives links on demand: `POST /participants/{participant_id}/entry-url`.
 * The proxy notes who asked, and for whom.
 *
 * @throws CoviuError
 */
export async function revealEntryUrl(
  client: CoviuClient,
  participantId: string,
  { signal }: Pick<RequestOptions, "signal"> = {},
): Promise<string> {
  if (!isId(participantId)) throw notSent("invalid_input", operation, { hint: "id" });
  const path = `participants/${participantId}/entry-url`;
  const answer: unknown = await client.http.post(path, { signal: signal ?? null, context: { operation } }).json();
  if (answer instanceof Object && "entry_url" in answer && typeof answer.entry_url === "string")
    return answer.entry_url;
  throw new CoviuError({ code: "bad_response", operation, outcome: "refused" });
}

/** Where such a proxy sends a person on to the session: a link to follow, with nothing secret in it. */
export function joinUrl(client: CoviuClient, participantId: string): string | undefined {
  return isId(participantId) ? `${client.baseUrl.replace(/\/+$/, "")}/participants/${participantId}/join` : undefined;
}
