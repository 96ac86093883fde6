import { useInfiniteQuery } from "@tanstack/react-query";

import type { ListSessionsParams } from "../api/requests.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { overlappingSessionsQueryOptions } from "../queries/overlappingSessions.ts";
import { withOwnResult } from "./ownResult.ts";
import { type QuerySettings, withSettings } from "./settings.ts";

/** Infinite query of sessions with overlapping pages. If the list changes between pages, rows may occur twice, but none is missing. */
export function useOverlappingSessions(params?: ListSessionsParams, settings?: QuerySettings) {
  const { client, queryClient } = useCoviu();
  return withOwnResult(
    useInfiniteQuery(withSettings(overlappingSessionsQueryOptions(client, params), settings), queryClient),
  );
}
