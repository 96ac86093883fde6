import type { UseMutationResult } from "@tanstack/react-query";

import type { CoviuError } from "../api/errors.ts";
import type { UnitResponse } from "../api/schemas.ts";
import { cancelSessionMutationOptions } from "../queries/sessions.ts";
import type { CancelSessionVariables } from "../queries/writeEffects.ts";
import type { MutationSettings } from "./settings.ts";
import { useCoviuMutation } from "./useCoviuMutation.ts";

/**
 * Mutation that cancels a session: `DELETE /sessions/{session_id}`. This can't be undone.
 *
 * @example
 * const cancel = useCancelSession();
 *
 * cancel.mutate({ sessionId });
 */
export function useCancelSession(
  settings?: MutationSettings<UnitResponse, CancelSessionVariables>,
): UseMutationResult<UnitResponse, CoviuError, CancelSessionVariables> {
  return useCoviuMutation(cancelSessionMutationOptions, settings);
}
