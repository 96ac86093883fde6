import { useMutation } from "@tanstack/react-query";

import type { SessionCreationRequest } from "../api/requests.ts";
import type { Session } from "../api/schemas.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { createSessionMutationOptions } from "../queries/sessions.ts";
import type { MutationSettings } from "./settings.ts";

/** Books a session: `POST /sessions`. Variables: the request. */
export function useCreateSession(settings?: MutationSettings<Session, SessionCreationRequest>) {
  const { client, queryClient } = useCoviu();
  return useMutation({ ...createSessionMutationOptions(client), ...settings }, queryClient);
}
