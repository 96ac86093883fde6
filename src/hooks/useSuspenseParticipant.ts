import { useSuspenseQuery } from "@tanstack/react-query";

import { useCoviu } from "../provider/CoviuProvider.tsx";
import { participantQueryOptions } from "../queries/participants.ts";
import { refuseOnServer } from "./suspense.ts";

/** Like `useParticipant`, but suspends until there is an answer and throws a failure to the nearest error boundary. */
export function useSuspenseParticipant(participantId: string) {
  refuseOnServer("getSessionParticipant");
  const { client, queryClient } = useCoviu();
  return useSuspenseQuery(participantQueryOptions(client, participantId), queryClient);
}
