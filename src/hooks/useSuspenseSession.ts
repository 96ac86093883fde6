import type { SessionParams } from "../api/params.ts";
import { sessionQueryOptions } from "../queries/sessions.ts";
import { useSuspendedRead } from "./useSuspendedRead.ts";

/** Like `useSession`, but suspends until there is an answer and throws a failure to the nearest error boundary. */
export function useSuspenseSession(sessionId: string, params?: SessionParams) {
  return useSuspendedRead(({ client, queryClient }) => sessionQueryOptions(client, sessionId, params, queryClient));
}
