import type { GetSessionParams } from "../api/requests.ts";
import { participantsQueryOptions } from "../queries/participants.ts";
import { useCoviuSuspenseQuery } from "./useCoviuSuspenseQuery.ts";

/**
 * Suspends until the data of `useParticipants` is there. An error goes to the nearest error boundary.
 *
 * @throws CoviuError `server_render` on a server, which leaves the read to the browser.
 * @example
 * const { data } = useSuspenseParticipants(sessionId);
 */
export function useSuspenseParticipants(sessionId: string, params?: GetSessionParams) {
  return useCoviuSuspenseQuery(({ client, queryClient }) =>
    participantsQueryOptions(client, sessionId, params, queryClient),
  );
}
