import { participantQueryOptions } from "../queries/participants.ts";
import { useCoviuSuspenseQuery } from "./useCoviuSuspenseQuery.ts";

/** Like `useParticipant`, but suspends until there is an answer and throws a failure to the nearest error boundary. */
export function useSuspenseParticipant(participantId: string) {
  return useCoviuSuspenseQuery(({ client }) => participantQueryOptions(client, participantId));
}
