import { useMutation } from "@tanstack/react-query";

import type { SessionUpdateRequest } from "../api/requests.ts";
import type { Session } from "../api/schemas.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { updateSessionMutationOptions } from "../queries/sessions.ts";
import type { MutationSettings } from "./settings.ts";

/** Changes a session: `PUT /sessions/{session_id}`. */
export function useUpdateSession(
  settings?: MutationSettings<Session, { sessionId: string; request: SessionUpdateRequest }>,
) {
  const { client, queryClient } = useCoviu();
  return useMutation({ ...updateSessionMutationOptions(client), ...settings }, queryClient);
}
