import type { CoviuClient } from "./client.ts";
import type { EditOptions, RequestOptions } from "./clientOptions.ts";
import { GetSessionParams, ParticipantCreationRequest, ParticipantUpdateRequest } from "./requests.ts";
import { Participant, type ParticipantPage, participantPageOf, UnitResponse, withId } from "./schemas.ts";
import { withSentFields } from "./sentFields.ts";

/**
 * Reads the people of a session: `GET /sessions/{session_id}/participants`.
 *
 * @throws CoviuError
 */
export function listParticipants(
  client: CoviuClient,
  sessionId: string,
  params?: GetSessionParams,
  options?: RequestOptions,
): Promise<ParticipantPage> {
  return client.request("getSessionParticipants", {
    id: sessionId,
    input: GetSessionParams,
    query: params,
    response: participantPageOf(sessionId),
    ...options,
  });
}

/**
 * Adds a person, who gets an entry link: `POST /sessions/{session_id}/participants`.
 *
 * @throws CoviuError
 */
export function addParticipant(
  client: CoviuClient,
  sessionId: string,
  request: ParticipantCreationRequest,
  options?: RequestOptions,
): Promise<Participant> {
  return client.request("addSessionParticipant", {
    id: sessionId,
    input: ParticipantCreationRequest,
    body: request,
    response: withSentFields(Participant, { ...request, session_id: sessionId }),
    ...options,
  });
}

/**
 * Reads one person: `GET /participants/{participant_id}`.
 *
 * @throws CoviuError
 */
export function getParticipant(
  client: CoviuClient,
  participantId: string,
  options?: RequestOptions,
): Promise<Participant> {
  return client.request("getSessionParticipant", {
    id: participantId,
    response: withId(Participant, "participant_id", participantId),
    ...options,
  });
}

/**
 * Changes the given fields of a person: `PUT /participants/{participant_id}`.
 *
 * @throws CoviuError
 */
export function updateParticipant(
  client: CoviuClient,
  participantId: string,
  request: ParticipantUpdateRequest,
  options?: EditOptions<ParticipantUpdateRequest>,
): Promise<Participant> {
  return client.request("updateSessionParticipant", {
    id: participantId,
    input: ParticipantUpdateRequest,
    body: request,
    response: withSentFields(withId(Participant, "participant_id", participantId), request),
    ...options,
  });
}

/**
 * Removes a person: `DELETE /participants/{participant_id}`. The entry link stops working. This can't be undone.
 *
 * @throws CoviuError
 */
export function removeParticipant(
  client: CoviuClient,
  participantId: string,
  options?: RequestOptions,
): Promise<UnitResponse> {
  return client.request("deleteSessionParticipant", {
    id: participantId,
    response: UnitResponse,
    ...options,
  });
}
