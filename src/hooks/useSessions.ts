import type { ListSessionsParams } from "../api/requests.ts";
import { sessionsQueryOptions } from "../queries/sessions.ts";
import type { QuerySettings } from "./settings.ts";
import { useCoviuQuery } from "./useCoviuQuery.ts";

/** One page of sessions: `GET /sessions`. */
export function useSessions(params?: ListSessionsParams, settings?: QuerySettings) {
  return useCoviuQuery(({ client }) => sessionsQueryOptions(client, params), settings);
}
