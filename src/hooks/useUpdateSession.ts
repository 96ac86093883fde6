import type { SessionUpdateRequest } from "../api/requests.ts";
import type { Session } from "../api/schemas.ts";
import { updateSessionMutationOptions } from "../queries/sessions.ts";
import type { MutationSettings } from "./settings.ts";
import { useCoviuMutation } from "./useCoviuMutation.ts";

/** Changes a session: `PUT /sessions/{session_id}`. */
export function useUpdateSession(
  settings?: MutationSettings<Session, { sessionId: string; request: SessionUpdateRequest }>,
) {
  return useCoviuMutation(updateSessionMutationOptions, settings);
}
