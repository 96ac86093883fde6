import { useMutation } from "@tanstack/react-query";

import type { UnitResponse } from "../api/answers.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { removeParticipantMutationOptions } from "../queries/participants.ts";
import type { MutationSettings } from "./settings.ts";

/** Removes a person, for ever: `DELETE /participants/{participant_id}`. */
export function useRemoveParticipant(settings?: MutationSettings<UnitResponse, { participantId: string }>) {
  const { client, queryClient, now } = useCoviu();
  return useMutation({ ...removeParticipantMutationOptions(client, now), ...settings }, queryClient);
}
