import type { ListSessionsParams } from "../api/requests.ts";
import { sessionsQueryOptions } from "../queries/sessions.ts";
import type { QuerySettings } from "./settings.ts";
import { useCoviuQuery } from "./useCoviuQuery.ts";

/**
 * Query of one page of sessions: `GET /sessions`.
 *
 * @example
 * const { data } = useSessions({ start_time: "2026-01-12T00:00:00+11:00", order: "forward" });
 */
export function useSessions(params?: ListSessionsParams, settings?: QuerySettings) {
  return useCoviuQuery(({ client }) => sessionsQueryOptions(client, params), settings);
}
