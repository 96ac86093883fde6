import { useSuspenseQuery } from "@tanstack/react-query";

import type { SessionsParams } from "../api/params.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { sessionsQueryOptions } from "../queries/sessions.ts";
import { refuseOnServer } from "./suspense.ts";

/** Like `useSessions`, but suspends until there is an answer and throws a failure to the nearest error boundary. */
export function useSuspenseSessions(params?: SessionsParams) {
  refuseOnServer("getSessionPage");
  const { client, queryClient } = useCoviu();
  return useSuspenseQuery(sessionsQueryOptions(client, params), queryClient);
}
