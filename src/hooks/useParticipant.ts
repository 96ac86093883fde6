import { useQuery } from "@tanstack/react-query";

import { useCoviu } from "../provider/CoviuProvider.tsx";
import { participantQueryOptions } from "../queries/participants.ts";
import { type QuerySettings, withSettings } from "./settings.ts";

/** One person: `GET /participants/{participant_id}`. Off while the id is `undefined`. */
export function useParticipant(participantId: string | undefined, settings?: QuerySettings) {
  const { client, queryClient } = useCoviu();
  return useQuery(withSettings(participantQueryOptions(client, participantId), settings), queryClient);
}
