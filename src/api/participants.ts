import { ParticipantPage, UnitResponse } from "./answers.ts";
import type { CoviuClient, EditOptions, RequestOptions } from "./client.ts";
import { about, answering, converted } from "./kinds.ts";
import { SessionParams } from "./params.ts";
import { ParticipantCreationRequest, ParticipantUpdateRequest } from "./requests.ts";
import { ownPeople, Participant } from "./schemas.ts";

/** The people of a session: `GET /sessions/{session_id}/participants`. */
export function listParticipants(
  client: CoviuClient,
  sessionId: string,
  params?: SessionParams,
  options?: RequestOptions,
): Promise<ParticipantPage> {
  return client.request("getSessionParticipants", {
    path: ["sessions", sessionId, "participants"],
    input: SessionParams,
    query: params,
    schema: converted(ParticipantPage, (page) => ({ ...page, content: ownPeople(page.content, sessionId) })),
    ...options,
  });
}

/** Adds a person, who gets an entry link of their own: `POST /sessions/{session_id}/participants`. */
export function addParticipant(
  client: CoviuClient,
  sessionId: string,
  request: ParticipantCreationRequest,
  options?: RequestOptions,
): Promise<Participant> {
  return client.request("addSessionParticipant", {
    method: "POST",
    path: ["sessions", sessionId, "participants"],
    input: ParticipantCreationRequest,
    body: request,
    schema: answering({ ...request, session_id: sessionId }, Participant),
    ...options,
  });
}

/** One person: `GET /participants/{participant_id}`. */
export function getParticipant(
  client: CoviuClient,
  participantId: string,
  options?: RequestOptions,
): Promise<Participant> {
  return client.request("getSessionParticipant", {
    path: ["participants", participantId],
    schema: about("participant_id", participantId, Participant),
    ...options,
  });
}

/** Changes the given fields of a person: `PUT /participants/{participant_id}`. */
export function updateParticipant(
  client: CoviuClient,
  participantId: string,
  request: ParticipantUpdateRequest,
  options?: EditOptions<ParticipantUpdateRequest>,
): Promise<Participant> {
  return client.request("updateSessionParticipant", {
    method: "PUT",
    path: ["participants", participantId],
    input: ParticipantUpdateRequest,
    body: request,
    schema: answering(request, about("participant_id", participantId, Participant)),
    ...options,
  });
}

/** Removes a person, whose link stops working for ever: `DELETE /participants/{participant_id}`. */
export function removeParticipant(
  client: CoviuClient,
  participantId: string,
  options?: RequestOptions,
): Promise<UnitResponse> {
  return client.request("deleteSessionParticipant", {
    method: "DELETE",
    path: ["participants", participantId],
    schema: UnitResponse,
    ...options,
  });
}
