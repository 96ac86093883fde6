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
import type { ParticipantPage } from "../api/schemas.ts";
import type { Participant } from "../api/schemas.ts";
import { heldPeople } from "./cached.ts";
import { participantKeys } from "./keys.ts";
import { type QueryClient, queryOptions, type ReadOptions, reads, type WriteOptions } from "./options.ts";
import { writeOptions } from "./runWrite.ts";
import { alreadyDone, type DataOf, type VariablesOf } from "./writeEffects.ts";

type Keys = ReturnType<typeof participantKeys>;

/**
 * Options of the query for the people of a session: `GET /sessions/{session_id}/participants`. Given the query client,
 * people that a cached session holds are shown at once.
 */
export function participantsQueryOptions(
  client: CoviuClient,
  sessionId: string | undefined,
  params?: GetSessionParams,
  queryClient?: QueryClient,
): ReadOptions<ParticipantPage, ReturnType<Keys["list"]>> {
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
): ReadOptions<Participant, ReturnType<Keys["detail"]>> {
  const queryKey = participantKeys(client.scope).detail(participantId);
  return queryOptions<Participant, CoviuError, Participant, typeof queryKey>({
    ...reads,
    queryKey,
    queryFn: ({ signal }) => getParticipant(client, participantId ?? "", { signal }),
    enabled: participantId !== undefined,
    // A removed person can no longer be read: what is known of them stays.
    staleTime: ({ state }) => (state.data?.deleted_at ? Infinity : reads.staleTime),
  });
}

/** Options of the mutation that adds a person to a session. */
export function addParticipantMutationOptions(
  client: CoviuClient,
): WriteOptions<DataOf<"addSessionParticipant">, VariablesOf<"addSessionParticipant">> {
  return writeOptions(client, "addSessionParticipant", ({ sessionId, request }) =>
    addParticipant(client, sessionId, request),
  );
}

/** Options of the mutation that changes a person. */
export function updateParticipantMutationOptions(
  client: CoviuClient,
): WriteOptions<DataOf<"updateSessionParticipant">, VariablesOf<"updateSessionParticipant">> {
  return writeOptions(client, "updateSessionParticipant", ({ participantId, request, ifUnchanged }) =>
    updateParticipant(client, participantId, request, { ifUnchanged }),
  );
}

/**
 * Options of the mutation that removes a person; one who is gone already counts as removed. `now` stamps what stays on
 * the screen.
 */
export function removeParticipantMutationOptions(
  client: CoviuClient,
  now?: () => Date,
): WriteOptions<DataOf<"deleteSessionParticipant">, VariablesOf<"deleteSessionParticipant">> {
  return writeOptions(
    client,
    "deleteSessionParticipant",
    ({ participantId }) => removeParticipant(client, participantId).catch(alreadyDone),
    now,
  );
}
