import { useQuery } from "@tanstack/react-query";

import type { SessionParams } from "../api/params.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { participantsQueryOptions } from "../queries/participants.ts";
import { type QuerySettings, withSettings } from "./settings.ts";

/** The people of a session: `GET /sessions/{session_id}/participants`. Off while the id is `undefined`. */
export function useParticipants(sessionId: string | undefined, params?: SessionParams, settings?: QuerySettings) {
  const { client, queryClient } = useCoviu();
  return useQuery(
    withSettings(participantsQueryOptions(client, sessionId, params, queryClient), settings),
    queryClient,
  );
}
