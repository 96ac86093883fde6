import { participantQueryOptions } from "../queries/participants.ts";
import type { QuerySettings } from "./settings.ts";
import { useCoviuQuery } from "./useCoviuQuery.ts";

/** One person: `GET /participants/{participant_id}`. Off while the id is `undefined`. */
export function useParticipant(participantId: string | undefined, settings?: QuerySettings) {
  return useCoviuQuery(
    ({ client }) => participantQueryOptions(client, participantId),
    settings,
    (person) => person.participant_id === participantId,
  );
}
