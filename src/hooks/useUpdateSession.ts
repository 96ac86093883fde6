import type { UseMutationResult } from "@tanstack/react-query";

import type { CoviuError } from "../api/errors.ts";
import type { Session } from "../api/schemas.ts";
import { updateSessionMutationOptions } from "../queries/sessions.ts";
import type { UpdateSessionVariables } from "../queries/writeEffects.ts";
import type { MutationSettings } from "./settings.ts";
import { useCoviuMutation } from "./useCoviuMutation.ts";

/**
 * Mutation that changes a session: `PUT /sessions/{session_id}`.
 *
 * @example
 * const update = useUpdateSession();
 *
 * update.mutate({ sessionId, request: { session_name: "Review" } });
 */
export function useUpdateSession(
  settings?: MutationSettings<Session, UpdateSessionVariables>,
): UseMutationResult<Session, CoviuError, UpdateSessionVariables> {
  return useCoviuMutation(updateSessionMutationOptions, settings);
}
