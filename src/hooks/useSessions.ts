import { useQuery } from "@tanstack/react-query";

import type { SessionsParams } from "../api/params.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { sessionsQueryOptions } from "../queries/sessions.ts";
import { type QuerySettings, withSettings } from "./settings.ts";

/** One page of sessions: `GET /sessions`. */
export function useSessions(params?: SessionsParams, settings?: QuerySettings) {
  const { client, queryClient } = useCoviu();
  return useQuery(withSettings(sessionsQueryOptions(client, params), settings), queryClient);
}
