import type { SessionUpdateRequest } from "../api/requests.ts";
import type { Session } from "../api/schemas.ts";
import { updateSessionMutationOptions } from "../queries/sessions.ts";
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
  settings?: MutationSettings<Session, { sessionId: string; request: SessionUpdateRequest }>,
) {
  return useCoviuMutation(updateSessionMutationOptions, settings);
}
