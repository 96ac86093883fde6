import type { ListSessionsParams } from "../api/requests.ts";
import { sessionsQueryOptions } from "../queries/sessions.ts";
import { useCoviuSuspenseQuery } from "./useCoviuSuspenseQuery.ts";

/**
 * Suspends until the data of `useSessions` is there. An error goes to the nearest error boundary.
 *
 * @throws CoviuError `server_render` on a server, which leaves the read to the browser.
 * @example
 * const { data } = useSuspenseSessions({ page_size: 20 });
 */
export function useSuspenseSessions(params?: ListSessionsParams) {
  return useCoviuSuspenseQuery(({ client }) => sessionsQueryOptions(client, params));
}
