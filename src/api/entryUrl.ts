import type { CoviuClient } from "./client.ts";
import type { RequestOptions } from "./clientOptions.ts";
import { CoviuError, notSent } from "./errors.ts";
import { isId } from "./ids.ts";

const operation = "revealEntryUrl";

/**
 * Requests the entry link of one person from a proxy with entry links on demand:
 * `POST /participants/{participant_id}/entry-url`. The proxy records who requested it.
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

/** Address at which such a proxy redirects a person to the session. It holds no secret. `undefined` if the id is not valid. */
export function joinUrl(client: CoviuClient, participantId: string): string | undefined {
  return isId(participantId) ? `${client.baseUrl.replace(/\/+$/, "")}/participants/${participantId}/join` : undefined;
}
