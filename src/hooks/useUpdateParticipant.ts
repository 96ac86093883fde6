import { useMutation } from "@tanstack/react-query";

import type { ParticipantUpdateRequest } from "../api/requests.ts";
import type { Participant } from "../api/schemas.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { updateParticipantMutationOptions } from "../queries/participants.ts";
import type { MutationSettings } from "./settings.ts";

/** Changes a person: `PUT /participants/{participant_id}`. */
export function useUpdateParticipant(
  settings?: MutationSettings<Participant, { participantId: string; request: ParticipantUpdateRequest }>,
) {
  const { client, queryClient } = useCoviu();
  return useMutation({ ...updateParticipantMutationOptions(client), ...settings }, queryClient);
}
