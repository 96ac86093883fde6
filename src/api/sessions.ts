import type { CoviuClient, RequestOptions } from "./client.ts";
import {
  Session,
  SessionCreationRequest,
  SessionPage,
  SessionParams,
  SessionsParams,
  SessionUpdateRequest,
  UnitResponse,
} from "./schemas.ts";

/** One page of sessions: `GET /sessions`. Canceled ones only with `include_canceled`. */
export function listSessions(
  client: CoviuClient,
  params?: SessionsParams,
  options?: RequestOptions,
): Promise<SessionPage> {
  const path = ["sessions"];
  return client.request("getSessionPage", {
    path,
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
  const call = { method: "POST", path: ["sessions"], input: SessionCreationRequest, body: request } as const;
  return client.request("createSession", { ...call, schema: Session, ...options });
}

/** One session: `GET /sessions/{session_id}`. A canceled one is `not_found`. */
export function getSession(
  client: CoviuClient,
  sessionId: string,
  params?: SessionParams,
  options?: RequestOptions,
): Promise<Session> {
  const path = ["sessions", sessionId];
  return client.request("getSessionById", { path, input: SessionParams, query: params, schema: Session, ...options });
}

/** Changes the given fields of a session that has not ended: `PUT /sessions/{session_id}`. */
export function updateSession(
  client: CoviuClient,
  sessionId: string,
  request: SessionUpdateRequest,
  options?: RequestOptions,
): Promise<Session> {
  const call = { method: "PUT", path: ["sessions", sessionId], input: SessionUpdateRequest, body: request } as const;
  return client.request("updateSession", { ...call, schema: Session, ...options });
}

/** Cancels a session that has not started, for ever: `DELETE /sessions/{session_id}`. */
export function cancelSession(client: CoviuClient, sessionId: string, options?: RequestOptions): Promise<UnitResponse> {
  const path = ["sessions", sessionId];
  return client.request("deleteSession", { method: "DELETE", path, schema: UnitResponse, ...options });
}
