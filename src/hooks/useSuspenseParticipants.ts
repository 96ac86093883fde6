import { useSuspenseQuery } from "@tanstack/react-query";

import type { SessionParams } from "../api/params.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { participantsQueryOptions } from "../queries/participants.ts";
import { refuseOnServer } from "./suspense.ts";

/** Like `useParticipants`, but suspends until there is an answer and throws a failure to the nearest error boundary. */
export function useSuspenseParticipants(sessionId: string, params?: SessionParams) {
  refuseOnServer("getSessionParticipants");
  const { client, queryClient } = useCoviu();
  return useSuspenseQuery(participantsQueryOptions(client, sessionId, params, queryClient), queryClient);
}
