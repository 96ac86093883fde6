import type { CoviuClient, RequestOptions } from "./client.ts";
import {
  Participant,
  ParticipantCreationRequest,
  ParticipantPage,
  ParticipantUpdateRequest,
  SessionParams,
  UnitResponse,
} from "./schemas.ts";

/** The people of a session: `GET /sessions/{session_id}/participants`. */
export function listParticipants(
  client: CoviuClient,
  sessionId: string,
  params?: SessionParams,
  options?: RequestOptions,
): Promise<ParticipantPage> {
  const path = ["sessions", sessionId, "participants"];
  return client.request("getSessionParticipants", {
    path,
    input: SessionParams,
    query: params,
    schema: ParticipantPage,
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
  const path = ["sessions", sessionId, "participants"];
  const call = { method: "POST", path, input: ParticipantCreationRequest, body: request } as const;
  return client.request("addSessionParticipant", { ...call, schema: Participant, ...options });
}

/** One person: `GET /participants/{participant_id}`. */
export function getParticipant(
  client: CoviuClient,
  participantId: string,
  options?: RequestOptions,
): Promise<Participant> {
  const path = ["participants", participantId];
  return client.request("getSessionParticipant", { path, schema: Participant, ...options });
}

/** Changes the given fields of a person: `PUT /participants/{participant_id}`. */
export function updateParticipant(
  client: CoviuClient,
  participantId: string,
  request: ParticipantUpdateRequest,
  options?: RequestOptions,
): Promise<Participant> {
  const path = ["participants", participantId];
  const call = { method: "PUT", path, input: ParticipantUpdateRequest, body: request } as const;
  return client.request("updateSessionParticipant", { ...call, schema: Participant, ...options });
}

/** Removes a person, whose link stops working for ever: `DELETE /participants/{participant_id}`. */
export function removeParticipant(
  client: CoviuClient,
  participantId: string,
  options?: RequestOptions,
): Promise<UnitResponse> {
  const path = ["participants", participantId];
  return client.request("deleteSessionParticipant", { method: "DELETE", path, schema: UnitResponse, ...options });
}
