import { useMutation } from "@tanstack/react-query";

import type { ParticipantCreationRequest } from "../api/requests.ts";
import type { Participant } from "../api/schemas.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { addParticipantMutationOptions } from "../queries/participants.ts";
import type { MutationSettings } from "./settings.ts";

/** Adds a person to a session: `POST /sessions/{session_id}/participants`. */
export function useAddParticipant(
  settings?: MutationSettings<Participant, { sessionId: string; request: ParticipantCreationRequest }>,
) {
  const { client, queryClient } = useCoviu();
  return useMutation({ ...addParticipantMutationOptions(client), ...settings }, queryClient);
}
