import { useInfiniteQuery } from "@tanstack/react-query";

import type { ListSessionsParams } from "../api/requests.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { infiniteSessionsQueryOptions } from "../queries/sessions.ts";
import { withOwnResult } from "./ownResult.ts";
import { type QuerySettings, withSettings } from "./settings.ts";

/**
 * Infinite query of sessions: `GET /sessions`. Pages have numbers: if another user cancels a session between two reads, a
 * session can be missing until the next refresh. `SessionList` reads pages that overlap.
 *
 * @example
 * const { data, fetchNextPage, hasNextPage } = useInfiniteSessions({ page_size: 50 });
 */
export function useInfiniteSessions(params?: ListSessionsParams, settings?: QuerySettings) {
  const { client, queryClient } = useCoviu();
  return withOwnResult(
    useInfiniteQuery(withSettings(infiniteSessionsQueryOptions(client, params), settings), queryClient),
  );
}
