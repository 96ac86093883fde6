import { participantQueryOptions } from "../queries/participants.ts";
import { useSuspendedRead } from "./useSuspendedRead.ts";

/** Like `useParticipant`, but suspends until there is an answer and throws a failure to the nearest error boundary. */
export function useSuspenseParticipant(participantId: string) {
  return useSuspendedRead(({ client }) => participantQueryOptions(client, participantId));
}
