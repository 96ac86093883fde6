import { useQuery } from "@tanstack/react-query";

import type { SessionParams } from "../api/params.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { sessionQueryOptions } from "../queries/sessions.ts";
import { type QuerySettings, withSettings } from "./settings.ts";

/** One session: `GET /sessions/{session_id}`. Off while the id is `undefined`. */
export function useSession(sessionId: string | undefined, params?: SessionParams, settings?: QuerySettings) {
  const { client, queryClient } = useCoviu();
  return useQuery(withSettings(sessionQueryOptions(client, sessionId, params, queryClient), settings), queryClient);
}
