import { useInfiniteQuery } from "@tanstack/react-query";

import type { ListSessionsParams } from "../api/requests.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { infiniteSessionsQueryOptions } from "../queries/sessions.ts";
import { withOwnResult } from "./ownResult.ts";
import { type QuerySettings, withSettings } from "./settings.ts";

/**
 * Sessions, page after page: `GET /sessions`. Pages go by number: what others cancel between two reads can move a session
 * out of sight until the next refresh. `SessionList` reads pages that overlap.
 */
export function useInfiniteSessions(params?: ListSessionsParams, settings?: QuerySettings) {
  const { client, queryClient } = useCoviu();
  return withOwnResult(
    useInfiniteQuery(withSettings(infiniteSessionsQueryOptions(client, params), settings), queryClient),
  );
}
