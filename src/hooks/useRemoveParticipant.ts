import type { UnitResponse } from "../api/schemas.ts";
import { removeParticipantMutationOptions } from "../queries/participants.ts";
import type { MutationSettings } from "./settings.ts";
import { useCoviuMutation } from "./useCoviuMutation.ts";

/** Removes a person, for ever: `DELETE /participants/{participant_id}`. */
export function useRemoveParticipant(settings?: MutationSettings<UnitResponse, { participantId: string }>) {
  return useCoviuMutation(removeParticipantMutationOptions, settings);
}
