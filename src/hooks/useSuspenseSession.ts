import { useSuspenseQuery } from "@tanstack/react-query";

import type { SessionParams } from "../api/params.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { sessionQueryOptions } from "../queries/sessions.ts";
import { refuseOnServer } from "./suspense.ts";

/** Like `useSession`, but suspends until there is an answer and throws a failure to the nearest error boundary. */
export function useSuspenseSession(sessionId: string, params?: SessionParams) {
  refuseOnServer("getSessionById");
  const { client, queryClient } = useCoviu();
  return useSuspenseQuery(sessionQueryOptions(client, sessionId, params, queryClient), queryClient);
}
