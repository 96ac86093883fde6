import type { GetSessionParams } from "../api/requests.ts";
import { participantsQueryOptions } from "../queries/participants.ts";
import type { QuerySettings } from "./settings.ts";
import { useCoviuQuery } from "./useCoviuQuery.ts";

/** The people of a session: `GET /sessions/{session_id}/participants`. Off while the id is `undefined`. */
export function useParticipants(sessionId: string | undefined, params?: GetSessionParams, settings?: QuerySettings) {
  return useCoviuQuery(
    ({ client, queryClient }) => participantsQueryOptions(client, sessionId, params, queryClient),
    settings,
    ({ content }) => content.every(({ session_id = sessionId }) => session_id === sessionId),
  );
}
