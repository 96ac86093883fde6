import { useInfiniteQuery } from "@tanstack/react-query";

import type { SessionsParams } from "../api/sessionsParams.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { infiniteSessionsQueryOptions } from "../queries/sessions.ts";
import { type QuerySettings, withSettings } from "./settings.ts";

/** Sessions, page after page: `GET /sessions`. */
export function useInfiniteSessions(params?: SessionsParams, settings?: QuerySettings) {
  const { client, queryClient } = useCoviu();
  return useInfiniteQuery(withSettings(infiniteSessionsQueryOptions(client, params), settings), queryClient);
}
