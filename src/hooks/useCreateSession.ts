import type { SessionCreationRequest } from "../api/requests.ts";
import type { Session } from "../api/schemas.ts";
import { createSessionMutationOptions } from "../queries/sessions.ts";
import type { MutationSettings } from "./settings.ts";
import { useCoviuMutation } from "./useCoviuMutation.ts";

/** Books a session: `POST /sessions`. Variables: the request. */
export function useCreateSession(settings?: MutationSettings<Session, SessionCreationRequest>) {
  return useCoviuMutation(createSessionMutationOptions, settings);
}
