import { SessionPage, UnitResponse } from "./answers.ts";
import type { CoviuClient, EditOptions, RequestOptions } from "./client.ts";
import { about, answering } from "./kinds.ts";
import { SessionParams } from "./params.ts";
import { SessionCreationRequest, SessionUpdateRequest } from "./requests.ts";
import { Session } from "./schemas.ts";
import { SessionsParams } from "./sessionsParams.ts";

/** One page of sessions: `GET /sessions`. Canceled ones only with `include_canceled`. */
export function listSessions(
  client: CoviuClient,
  params?: SessionsParams,
  options?: RequestOptions,
): Promise<SessionPage> {
  return client.request("getSessionPage", {
    path: ["sessions"],
    input: SessionsParams,
    query: params,
    schema: SessionPage,
    ...options,
  });
}

/** Books a session, with its people in the same request: `POST /sessions`. Never sent twice by the kit. */
export function createSession(
  client: CoviuClient,
  request: SessionCreationRequest,
  options?: RequestOptions,
): Promise<Session> {
  return client.request("createSession", {
    method: "POST",
    path: ["sessions"],
    input: SessionCreationRequest,
    body: request,
    schema: answering(request, Session),
    ...options,
  });
}

/** One session: `GET /sessions/{session_id}`. A canceled one is `not_found`. */
export function getSession(
  client: CoviuClient,
  sessionId: string,
  params?: SessionParams,
  options?: RequestOptions,
): Promise<Session> {
  return client.request("getSessionById", {
    path: ["sessions", sessionId],
    input: SessionParams,
    query: params,
    schema: about("session_id", sessionId, Session),
    ...options,
  });
}

/** Changes the given fields of a session that has not ended: `PUT /sessions/{session_id}`. */
export function updateSession(
  client: CoviuClient,
  sessionId: string,
  request: SessionUpdateRequest,
  options?: EditOptions<SessionUpdateRequest>,
): Promise<Session> {
  return client.request("updateSession", {
    method: "PUT",
    path: ["sessions", sessionId],
    input: SessionUpdateRequest,
    body: request,
    schema: answering(request, about("session_id", sessionId, Session)),
    ...options,
  });
}

/** Cancels a session that has not started, for ever: `DELETE /sessions/{session_id}`. */
export function cancelSession(client: CoviuClient, sessionId: string, options?: RequestOptions): Promise<UnitResponse> {
  return client.request("deleteSession", {
    method: "DELETE",
    path: ["sessions", sessionId],
    schema: UnitResponse,
    ...options,
  });
}
