import type { UnitResponse } from "../api/schemas.ts";
import { cancelSessionMutationOptions } from "../queries/sessions.ts";
import type { MutationSettings } from "./settings.ts";
import { useCoviuMutation } from "./useCoviuMutation.ts";

/** Cancels a session, for ever: `DELETE /sessions/{session_id}`. */
export function useCancelSession(settings?: MutationSettings<UnitResponse, { sessionId: string }>) {
  return useCoviuMutation(cancelSessionMutationOptions, settings);
}
