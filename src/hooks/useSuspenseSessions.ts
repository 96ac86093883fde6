import type { SessionsParams } from "../api/sessionsParams.ts";
import { sessionsQueryOptions } from "../queries/sessions.ts";
import { useSuspendedRead } from "./useSuspendedRead.ts";

/** Like `useSessions`, but suspends until there is an answer and throws a failure to the nearest error boundary. */
export function useSuspenseSessions(params?: SessionsParams) {
  return useSuspendedRead(({ client }) => sessionsQueryOptions(client, params));
}
