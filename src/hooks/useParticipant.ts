import { participantQueryOptions } from "../queries/participants.ts";
import type { QuerySettings } from "./settings.ts";
import { useCoviuQuery } from "./useCoviuQuery.ts";

/**
 * Query of one person: `GET /participants/{participant_id}`. Disabled while the id is `undefined`.
 *
 * @example
 * const { data: person } = useParticipant(participantId);
 */
export function useParticipant(participantId: string | undefined, settings?: QuerySettings) {
  return useCoviuQuery(
    ({ client }) => participantQueryOptions(client, participantId),
    settings,
    (person) => person.participant_id === participantId,
  );
}
