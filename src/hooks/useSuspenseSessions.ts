import { useSuspenseQuery } from "@tanstack/react-query";

import type { SessionsParams } from "../api/schemas.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { sessionsQueryOptions } from "../queries/sessions.ts";
import { refuseOnServer } from "./suspense.ts";

/** Like `useSessions`, but suspends until there is an answer and throws a failure to the nearest error boundary. */
export function useSuspenseSessions(params?: SessionsParams) {
  refuseOnServer("getSessionPage");
  const { client, queryClient } = useCoviu();
  const { enabled: _, ...options } = sessionsQueryOptions(client, params);
  return useSuspenseQuery(options, queryClient);
}
