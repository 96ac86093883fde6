import type { UseMutationResult } from "@tanstack/react-query";

import type { CoviuError } from "../api/errors.ts";
import type { SessionCreationRequest } from "../api/requests.ts";
import type { Session } from "../api/schemas.ts";
import { createSessionMutationOptions } from "../queries/sessions.ts";
import type { MutationSettings } from "./settings.ts";
import { useCoviuMutation } from "./useCoviuMutation.ts";

/**
 * Mutation that books a session: `POST /sessions`. Its variables are the request.
 *
 * @example
 * const create = useCreateSession();
 *
 * create.mutate({
 *   session_name: "Review",
 *   start_time: "2026-01-12T10:00:00+11:00",
 *   end_time: "2026-01-12T10:30:00+11:00",
 *   participants: [{ display_name: "Ana Lee" }],
 * });
 */
export function useCreateSession(
  settings?: MutationSettings<Session, SessionCreationRequest>,
): UseMutationResult<Session, CoviuError, SessionCreationRequest> {
  return useCoviuMutation(createSessionMutationOptions, settings);
}
