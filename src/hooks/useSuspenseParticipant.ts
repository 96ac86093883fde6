import { participantQueryOptions } from "../queries/participants.ts";
import { useCoviuSuspenseQuery } from "./useCoviuSuspenseQuery.ts";

/**
 * Suspends until the data of `useParticipant` is there. An error goes to the nearest error boundary.
 *
 * @throws CoviuError `server_render` on a server, which leaves the read to the browser.
 * @example
 * const { data: person } = useSuspenseParticipant(participantId);
 */
export function useSuspenseParticipant(participantId: string) {
  return useCoviuSuspenseQuery(({ client }) => participantQueryOptions(client, participantId));
}
