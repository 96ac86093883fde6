import type { QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";
import type { CoviuError } from "../api/errors.ts";
import {
  addParticipant,
  getParticipant,
  listParticipants,
  removeParticipant,
  updateParticipant,
} from "../api/participants.ts";
import type {
  Participant,
  ParticipantCreationRequest,
  ParticipantPage,
  ParticipantUpdateRequest,
  SessionParams,
  UnitResponse,
} from "../api/schemas.ts";
import { heldPeople } from "./cached.ts";
import { participantKeys } from "./keys.ts";
import { mutationOptions, queryOptions, reads, writes } from "./options.ts";
import { writeThrough } from "./writeThrough.ts";

/**
 * Options of the query for the people of a session: `GET /sessions/{session_id}/participants`. Given the query client,
 * people that a cached session holds are shown at once.
 */
export function participantsQueryOptions(
  client: CoviuClient,
  sessionId: string | undefined,
  params?: SessionParams,
  queryClient?: QueryClient,
) {
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
export function participantQueryOptions(client: CoviuClient, participantId: string | undefined) {
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
export function addParticipantMutationOptions(client: CoviuClient) {
  return mutationOptions<Participant, CoviuError, { sessionId: string; request: ParticipantCreationRequest }>({
    ...writes,
    mutationFn: async ({ sessionId, request }, { client: queryClient }) => {
      const added = await addParticipant(client, sessionId, request);
      writeThrough(queryClient, client.scope, {
        sessionId,
        people: (people) => [...people.filter((person) => person.participant_id !== added.participant_id), added],
      });
      return added;
    },
  });
}

/** Options of the mutation that changes a person. */
export function updateParticipantMutationOptions(client: CoviuClient) {
  return mutationOptions<Participant, CoviuError, { participantId: string; request: ParticipantUpdateRequest }>({
    ...writes,
    mutationFn: async ({ participantId, request }, { client: queryClient }) => {
      const written = await updateParticipant(client, participantId, request);
      writeThrough(queryClient, client.scope, {
        participantId,
        people: (people) =>
          people.map((person) => (person.participant_id === participantId ? { ...person, ...written } : person)),
      });
      return written;
    },
  });
}

/** Options of the mutation that removes a person. `now` stamps what stays on the screen. */
export function removeParticipantMutationOptions(client: CoviuClient, now: () => Date = () => new Date()) {
  return mutationOptions<UnitResponse, CoviuError, { participantId: string }>({
    ...writes,
    mutationFn: async ({ participantId }, { client: queryClient }) => {
      const answer = await removeParticipant(client, participantId);
      const deleted_at = now().toISOString();
      writeThrough(queryClient, client.scope, {
        participantId,
        people: (people, { deleted_participants }) =>
          deleted_participants
            ? people.map((person) => (person.participant_id === participantId ? { ...person, deleted_at } : person))
            : people.filter((person) => person.participant_id !== participantId),
        final: true,
      });
      return answer;
    },
  });
}
