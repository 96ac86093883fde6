import type { QueryClient } from "@tanstack/react-query";

import type { SessionPage } from "../api/answers.ts";
import type { CoviuClient } from "../api/client.ts";
import type { CoviuError } from "../api/errors.ts";
import type { SessionParams } from "../api/params.ts";
import type { SessionCreationRequest, SessionUpdateRequest } from "../api/requests.ts";
import type { Session } from "../api/schemas.ts";
import { cancelSession, createSession, getSession, listSessions, updateSession } from "../api/sessions.ts";
import type { SessionsParams } from "../api/sessionsParams.ts";
import { hasFields, isBookingOf, windowOf } from "../domain/sameBooking.ts";
import { heldSession } from "./cached.ts";
import { gone, goneBefore } from "./confirmed.ts";
import { sessionKeys } from "./keys.ts";
import { infiniteQueryOptions, queryOptions, reads } from "./options.ts";
import { writeOptions } from "./writeThrough.ts";

const mostPages = 500;

/** Options of the query for one page of sessions: `GET /sessions`. */
export function sessionsQueryOptions(client: CoviuClient, params?: SessionsParams) {
  const queryKey = sessionKeys(client.scope).list(params);
  return queryOptions<SessionPage, CoviuError, SessionPage, typeof queryKey>({
    ...reads,
    queryKey,
    queryFn: ({ signal }) => listSessions(client, params, { signal }),
  });
}

/** Options of the query that reads page after page: `GET /sessions`. */
export function infiniteSessionsQueryOptions(client: CoviuClient, params?: SessionsParams) {
  const queryKey = sessionKeys(client.scope).infinite(params);
  return infiniteQueryOptions<
    SessionPage,
    CoviuError,
    { pages: SessionPage[]; pageParams: number[] },
    typeof queryKey,
    number
  >({
    ...reads,
    queryKey,
    queryFn: ({ signal, pageParam }) => listSessions(client, { ...params, page: pageParam }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last, _pages, page) => (last.more && page + 1 < mostPages ? page + 1 : undefined),
  });
}

/**
 * Options of the query for one session: `GET /sessions/{session_id}`. Given the query client, a session that a cached
 * list holds is shown at once while it is read.
 */
export function sessionQueryOptions(
  client: CoviuClient,
  sessionId: string | undefined,
  params?: SessionParams,
  queryClient?: QueryClient,
) {
  const queryKey = sessionKeys(client.scope).detail(sessionId, params);
  return queryOptions<Session, CoviuError, Session, typeof queryKey>({
    ...reads,
    queryKey,
    queryFn: ({ signal }) => getSession(client, sessionId ?? "", params, { signal }),
    enabled: sessionId !== undefined,
    // A canceled session can no longer be read: what is known of it stays.
    staleTime: ({ state }) => (state.data?.canceled_time ? Infinity : reads.staleTime),
    ...(queryClient && {
      initialData: () => heldSession(queryClient, client.scope, sessionId, params)?.session,
      initialDataUpdatedAt: 0,
    }),
  });
}

/** Options of the mutation that books a session. Its variables are the request. */
export function createSessionMutationOptions(client: CoviuClient) {
  return writeOptions(client, {
    operation: "createSession",
    send: (request: SessionCreationRequest) => createSession(client, request),
    async look(request, options, isNew) {
      const { content } = await listSessions(client, windowOf(request), options);
      return content.filter((session) => isNew(session.session_id) && isBookingOf(session, request));
    },
    changeOf: (arrived) => ({ sessionId: arrived.session_id, newId: arrived.session_id, arrived }),
  });
}

/** Options of the mutation that changes a session. */
export function updateSessionMutationOptions(client: CoviuClient) {
  return writeOptions(client, {
    operation: "updateSession",
    send: ({ sessionId, request }: { sessionId: string; request: SessionUpdateRequest }) =>
      updateSession(client, sessionId, request),
    async look({ sessionId, request }, options) {
      const session = await getSession(client, sessionId, undefined, options);
      return hasFields(session, request) ? [session] : [];
    },
    changeOf: (arrived, { sessionId }) => ({
      sessionId,
      arrived,
      fields: (session) => ({ ...session, ...arrived, participants: session.participants ?? arrived.participants }),
    }),
  });
}

/**
 * Options of the mutation that cancels a session; one that is gone already counts as canceled. `now` stamps what stays
 * on the screen.
 */
export function cancelSessionMutationOptions(client: CoviuClient, now: () => Date = () => new Date()) {
  return writeOptions(client, {
    operation: "deleteSession",
    send: ({ sessionId }: { sessionId: string }) => cancelSession(client, sessionId).catch(goneBefore),
    look: ({ sessionId }, options) => getSession(client, sessionId, undefined, options).then(() => [], gone),
    changeOf: (_, { sessionId }) => ({
      sessionId,
      fields: (session) => ({ ...session, canceled_time: now().toISOString() }),
      final: true,
    }),
  });
}
