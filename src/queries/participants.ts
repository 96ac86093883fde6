import type { CoviuClient } from "../api/client.ts";
import type { CoviuError } from "../api/errors.ts";
import {
  addParticipant,
  getParticipant,
  listParticipants,
  removeParticipant,
  updateParticipant,
} from "../api/participants.ts";
import type { GetSessionParams } from "../api/requests.ts";
import type { Participant, ParticipantPage, UnitResponse } from "../api/schemas.ts";
import { heldPeople } from "./cached.ts";
import { type ParticipantKeys, participantKeys } from "./keys.ts";
import { type QueryClient, queryOptions, type ReadOptions, reads, type WriteOptions } from "./options.ts";
import { writeOptions } from "./runWrite.ts";
import {
  type AddParticipantVariables,
  alreadyDone,
  type RemoveParticipantVariables,
  type UpdateParticipantVariables,
} from "./writeEffects.ts";

/**
 * Options of the query for the people of a session: `GET /sessions/{session_id}/participants`. With `queryClient`, the
 * people of a cached session are shown while they are read.
 */
export function participantsQueryOptions(
  client: CoviuClient,
  sessionId: string | undefined,
  params?: GetSessionParams,
  queryClient?: QueryClient,
): ReadOptions<ParticipantPage, ReturnType<ParticipantKeys["list"]>> {
  const queryKey = participantKeys(client.scope).list(sessionId, params);
  const held = queryClient && (() => heldPeople(queryClient, client.scope, sessionId, params));
  return queryOptions<ParticipantPage, CoviuError, ParticipantPage, typeof queryKey>({
    ...reads,
    queryKey,
    queryFn: ({ signal }) => listParticipants(client, sessionId ?? "", params, { signal }),
    enabled: sessionId !== undefined,
    ...(held && { initialData: () => held()?.people, initialDataUpdatedAt: () => held()?.readAt }),
  });
}

/** Options of the query for one person: `GET /participants/{participant_id}`. */
export function participantQueryOptions(
  client: CoviuClient,
  participantId: string | undefined,
): ReadOptions<Participant, ReturnType<ParticipantKeys["detail"]>> {
  const queryKey = participantKeys(client.scope).detail(participantId);
  return queryOptions<Participant, CoviuError, Participant, typeof queryKey>({
    ...reads,
    queryKey,
    queryFn: ({ signal }) => getParticipant(client, participantId ?? "", { signal }),
    enabled: participantId !== undefined,
    // A removed person can no longer be read, so the data stays.
    staleTime: ({ state }) => (state.data?.deleted_at ? Infinity : reads.staleTime),
  });
}

/** Options of the mutation that adds a person: `POST /sessions/{session_id}/participants`. */
export function addParticipantMutationOptions(client: CoviuClient): WriteOptions<Participant, AddParticipantVariables> {
  return writeOptions(client, "addSessionParticipant", ({ sessionId, request }) =>
    addParticipant(client, sessionId, request),
  );
}

/** Options of the mutation that changes a person: `PUT /participants/{participant_id}`. */
export function updateParticipantMutationOptions(
  client: CoviuClient,
): WriteOptions<Participant, UpdateParticipantVariables> {
  return writeOptions(client, "updateSessionParticipant", ({ participantId, request, ifUnchanged }) =>
    updateParticipant(client, participantId, request, { ifUnchanged }),
  );
}

/**
 * Options of the mutation that removes a person: `DELETE /participants/{participant_id}`. A person who is no longer found
 * counts as removed. `now` gives the time of the removal in the cache.
 */
export function removeParticipantMutationOptions(
  client: CoviuClient,
  now?: () => Date,
): WriteOptions<UnitResponse, RemoveParticipantVariables> {
  return writeOptions(
    client,
    "deleteSessionParticipant",
    ({ participantId }) => removeParticipant(client, participantId).catch(alreadyDone),
    now,
  );
}
