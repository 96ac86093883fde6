import type { ListSessionsParams } from "../api/requests.ts";
import { sessionsQueryOptions } from "../queries/sessions.ts";
import { useCoviuSuspenseQuery } from "./useCoviuSuspenseQuery.ts";

/** Like `useSessions`, but suspends until there is an answer and throws a failure to the nearest error boundary. */
export function useSuspenseSessions(params?: ListSessionsParams) {
  return useCoviuSuspenseQuery(({ client }) => sessionsQueryOptions(client, params));
}
