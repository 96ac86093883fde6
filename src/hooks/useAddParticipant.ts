import type { UseMutationResult } from "@tanstack/react-query";

import type { CoviuError } from "../api/errors.ts";
import type { Participant } from "../api/schemas.ts";
import { addParticipantMutationOptions } from "../queries/participants.ts";
import type { AddParticipantVariables } from "../queries/writeEffects.ts";
import type { MutationSettings } from "./settings.ts";
import { useCoviuMutation } from "./useCoviuMutation.ts";

/**
 * Mutation that adds a person to a session: `POST /sessions/{session_id}/participants`.
 *
 * @example
 * const add = useAddParticipant();
 *
 * add.mutate({ sessionId, request: { display_name: "Ana Lee", role: "GUEST" } });
 */
export function useAddParticipant(
  settings?: MutationSettings<Participant, AddParticipantVariables>,
): UseMutationResult<Participant, CoviuError, AddParticipantVariables> {
  return useCoviuMutation(addParticipantMutationOptions, settings);
}
