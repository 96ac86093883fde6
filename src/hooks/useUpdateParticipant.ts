import type { ParticipantUpdateRequest } from "../api/requests.ts";
import type { Participant } from "../api/schemas.ts";
import { updateParticipantMutationOptions } from "../queries/participants.ts";
import type { MutationSettings } from "./settings.ts";
import { useCoviuMutation } from "./useCoviuMutation.ts";

/**
 * Mutation that changes a person: `PUT /participants/{participant_id}`.
 *
 * @example
 * const update = useUpdateParticipant();
 *
 * update.mutate({ participantId, request: { display_name: "Ana Lee" } });
 */
export function useUpdateParticipant(
  settings?: MutationSettings<Participant, { participantId: string; request: ParticipantUpdateRequest }>,
) {
  return useCoviuMutation(updateParticipantMutationOptions, settings);
}
