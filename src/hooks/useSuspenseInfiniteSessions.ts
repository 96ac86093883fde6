import { useSuspenseInfiniteQuery } from "@tanstack/react-query";

import type { ListSessionsParams } from "../api/requests.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { infiniteSessionsQueryOptions } from "../queries/sessions.ts";
import { refuseOnServer } from "./useCoviuSuspenseQuery.ts";

/**
 * Suspends until the data of `useInfiniteSessions` is there. An error goes to the nearest error boundary.
 *
 * @throws CoviuError `server_render` on a server, which leaves the read to the browser.
 * @example
 * const { data } = useSuspenseInfiniteSessions({ page_size: 50 });
 */
export function useSuspenseInfiniteSessions(params?: ListSessionsParams) {
  refuseOnServer();
  const { client, queryClient } = useCoviu();
  return useSuspenseInfiniteQuery(infiniteSessionsQueryOptions(client, params), queryClient);
}
