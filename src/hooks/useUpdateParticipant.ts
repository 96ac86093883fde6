import type { UseMutationResult } from "@tanstack/react-query";

import type { CoviuError } from "../api/errors.ts";
import type { Participant } from "../api/schemas.ts";
import { updateParticipantMutationOptions } from "../queries/participants.ts";
import type { UpdateParticipantVariables } from "../queries/writeEffects.ts";
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
  settings?: MutationSettings<Participant, UpdateParticipantVariables>,
): UseMutationResult<Participant, CoviuError, UpdateParticipantVariables> {
  return useCoviuMutation(updateParticipantMutationOptions, settings);
}
