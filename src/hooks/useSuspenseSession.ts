import type { GetSessionParams } from "../api/requests.ts";
import { sessionQueryOptions } from "../queries/sessions.ts";
import { useCoviuSuspenseQuery } from "./useCoviuSuspenseQuery.ts";

/** Like `useSession`, but suspends until there is an answer and throws a failure to the nearest error boundary. */
export function useSuspenseSession(sessionId: string, params?: GetSessionParams) {
  return useCoviuSuspenseQuery(({ client, queryClient }) =>
    sessionQueryOptions(client, sessionId, params, queryClient),
  );
}
