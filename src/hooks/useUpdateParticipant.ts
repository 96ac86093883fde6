import type { ParticipantUpdateRequest } from "../api/requests.ts";
import type { Participant } from "../api/schemas.ts";
import { updateParticipantMutationOptions } from "../queries/participants.ts";
import type { MutationSettings } from "./settings.ts";
import { useCoviuMutation } from "./useCoviuMutation.ts";

/** Changes a person: `PUT /participants/{participant_id}`. */
export function useUpdateParticipant(
  settings?: MutationSettings<Participant, { participantId: string; request: ParticipantUpdateRequest }>,
) {
  return useCoviuMutation(updateParticipantMutationOptions, settings);
}
