import type { GetSessionParams } from "../api/requests.ts";
import { sessionQueryOptions } from "../queries/sessions.ts";
import type { QuerySettings } from "./settings.ts";
import { useCoviuQuery } from "./useCoviuQuery.ts";

/**
 * Query of one session: `GET /sessions/{session_id}`. Disabled while the id is `undefined`.
 *
 * @example
 * const { data: session, error } = useSession(sessionId);
 */
export function useSession(sessionId: string | undefined, params?: GetSessionParams, settings?: QuerySettings) {
  return useCoviuQuery(
    ({ client, queryClient }) => sessionQueryOptions(client, sessionId, params, queryClient),
    settings,
    (session) => session.session_id === sessionId,
  );
}
