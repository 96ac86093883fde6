import { useMutation } from "@tanstack/react-query";

import type { UnitResponse } from "../api/answers.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { cancelSessionMutationOptions } from "../queries/sessions.ts";
import type { MutationSettings } from "./settings.ts";

/** Cancels a session, for ever: `DELETE /sessions/{session_id}`. */
export function useCancelSession(settings?: MutationSettings<UnitResponse, { sessionId: string }>) {
  const { client, queryClient, now } = useCoviu();
  return useMutation({ ...cancelSessionMutationOptions(client, now), ...settings }, queryClient);
}
