import type { GetSessionParams } from "../api/requests.ts";
import { participantsQueryOptions } from "../queries/participants.ts";
import type { QuerySettings } from "./settings.ts";
import { useCoviuQuery } from "./useCoviuQuery.ts";

/**
 * Query of the people of a session: `GET /sessions/{session_id}/participants`. Disabled while the id is `undefined`.
 *
 * @example
 * const { data } = useParticipants(sessionId);
 * const people = data?.content;
 */
export function useParticipants(sessionId: string | undefined, params?: GetSessionParams, settings?: QuerySettings) {
  return useCoviuQuery(
    ({ client, queryClient }) => participantsQueryOptions(client, sessionId, params, queryClient),
    settings,
    ({ content }) => content.every(({ session_id = sessionId }) => session_id === sessionId),
  );
}
