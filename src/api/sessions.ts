import type { CoviuClient } from "./client.ts";
import type { EditOptions, RequestOptions } from "./clientOptions.ts";
import { GetSessionParams, ListSessionsParams, SessionCreationRequest, SessionUpdateRequest } from "./requests.ts";
import { Session, SessionPage, UnitResponse, withId } from "./schemas.ts";
import { withSentFields } from "./sentFields.ts";

/**
 * Reads one page of sessions: `GET /sessions`. Canceled sessions are included only with `include_canceled`.
 *
 * @throws CoviuError
 */
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

/**
 * Books a session together with its people: `POST /sessions`. The kit never sends the request twice.
 *
 * @throws CoviuError
 */
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

/**
 * Reads one session: `GET /sessions/{session_id}`.
 *
 * @throws CoviuError `not_found` for a canceled session, among others.
 */
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

/**
 * Changes the given fields of a session that has not ended: `PUT /sessions/{session_id}`.
 *
 * @throws CoviuError
 */
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

/**
 * Cancels a session that has not started: `DELETE /sessions/{session_id}`. This can't be undone.
 *
 * @throws CoviuError
 */
export function cancelSession(client: CoviuClient, sessionId: string, options?: RequestOptions): Promise<UnitResponse> {
  return client.request("deleteSession", {
    id: sessionId,
    response: UnitResponse,
    ...options,
  });
}
