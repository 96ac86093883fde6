import type { GetSessionParams } from "../api/requests.ts";
import { sessionQueryOptions } from "../queries/sessions.ts";
import { useCoviuSuspenseQuery } from "./useCoviuSuspenseQuery.ts";

/**
 * Suspends until the data of `useSession` is there. An error goes to the nearest error boundary.
 *
 * @throws CoviuError `server_render` on a server, which leaves the read to the browser.
 * @example
 * const { data: session } = useSuspenseSession(sessionId);
 */
export function useSuspenseSession(sessionId: string, params?: GetSessionParams) {
  return useCoviuSuspenseQuery(({ client, queryClient }) =>
    sessionQueryOptions(client, sessionId, params, queryClient),
  );
}
