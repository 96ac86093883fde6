import type { UseMutationResult } from "@tanstack/react-query";

import type { CoviuError } from "../api/errors.ts";
import type { UnitResponse } from "../api/schemas.ts";
import { removeParticipantMutationOptions } from "../queries/participants.ts";
import type { RemoveParticipantVariables } from "../queries/writeEffects.ts";
import type { MutationSettings } from "./settings.ts";
import { useCoviuMutation } from "./useCoviuMutation.ts";

/**
 * Mutation that removes a person: `DELETE /participants/{participant_id}`. This can't be undone.
 *
 * @example
 * const remove = useRemoveParticipant();
 *
 * remove.mutate({ participantId });
 */
export function useRemoveParticipant(
  settings?: MutationSettings<UnitResponse, RemoveParticipantVariables>,
): UseMutationResult<UnitResponse, CoviuError, RemoveParticipantVariables> {
  return useCoviuMutation(removeParticipantMutationOptions, settings);
}
