import type { GetSessionParams } from "../api/requests.ts";
import { participantsQueryOptions } from "../queries/participants.ts";
import { useCoviuSuspenseQuery } from "./useCoviuSuspenseQuery.ts";

/** Like `useParticipants`, but suspends until there is an answer and throws a failure to the nearest error boundary. */
export function useSuspenseParticipants(sessionId: string, params?: GetSessionParams) {
  return useCoviuSuspenseQuery(({ client, queryClient }) =>
    participantsQueryOptions(client, sessionId, params, queryClient),
  );
}
