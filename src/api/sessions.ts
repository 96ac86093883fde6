import type { CoviuClient, EditOptions, RequestOptions } from "./client.ts";
import { GetSessionParams, ListSessionsParams, SessionCreationRequest, SessionUpdateRequest } from "./requests.ts";
import { Session, SessionPage, UnitResponse, withId } from "./schemas.ts";
import { withSentFields } from "./sentFields.ts";

/** One page of sessions: `GET /sessions`. Canceled ones only with `include_canceled`. */
export function listSessions(
  client: CoviuClient,
  params?: ListSessionsParams,
  options?: RequestOptions,
): Promise<SessionPage> {
  return client.request("getSessionPage", {
    input: ListSessionsParams,
    query: params,
    response: SessionPage,
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
    input: SessionCreationRequest,
    body: request,
    response: withSentFields(Session, request),
    ...options,
  });
}

/** One session: `GET /sessions/{session_id}`. A canceled one is `not_found`. */
export function getSession(
  client: CoviuClient,
  sessionId: string,
  params?: GetSessionParams,
  options?: RequestOptions,
): Promise<Session> {
  return client.request("getSessionById", {
    id: sessionId,
    input: GetSessionParams,
    query: params,
    response: withId(Session, "session_id", sessionId),
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
    id: sessionId,
    input: SessionUpdateRequest,
    body: request,
    response: withSentFields(withId(Session, "session_id", sessionId), request),
    ...options,
  });
}

/** Cancels a session that has not started, for ever: `DELETE /sessions/{session_id}`. */
export function cancelSession(client: CoviuClient, sessionId: string, options?: RequestOptions): Promise<UnitResponse> {
  return client.request("deleteSession", {
    id: sessionId,
    response: UnitResponse,
    ...options,
  });
}
