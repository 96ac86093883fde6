import { useSuspenseInfiniteQuery } from "@tanstack/react-query";

import type { ListSessionsParams } from "../api/requests.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { infiniteSessionsQueryOptions } from "../queries/sessions.ts";
import { refuseOnServer } from "./useCoviuSuspenseQuery.ts";

/** Like `useInfiniteSessions`, but suspends until there is an answer and throws a failure to the nearest error boundary. */
export function useSuspenseInfiniteSessions(params?: ListSessionsParams) {
  refuseOnServer();
  const { client, queryClient } = useCoviu();
  return useSuspenseInfiniteQuery(infiniteSessionsQueryOptions(client, params), queryClient);
}
