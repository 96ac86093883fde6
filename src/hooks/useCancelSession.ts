import type { UnitResponse } from "../api/schemas.ts";
import { cancelSessionMutationOptions } from "../queries/sessions.ts";
import type { MutationSettings } from "./settings.ts";
import { useWrite } from "./useWrite.ts";

/** Cancels a session, for ever: `DELETE /sessions/{session_id}`. */
export function useCancelSession(settings?: MutationSettings<UnitResponse, { sessionId: string }>) {
  return useWrite(cancelSessionMutationOptions, settings);
}
