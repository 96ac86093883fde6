import type { QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";
import type { CoviuError } from "../api/errors.ts";
import type {
  Session,
  SessionCreationRequest,
  SessionPage,
  SessionParams,
  SessionsParams,
  SessionUpdateRequest,
  UnitResponse,
} from "../api/schemas.ts";
import { cancelSession, createSession, getSession, listSessions, updateSession } from "../api/sessions.ts";
import { heldSession } from "./cached.ts";
import { sessionKeys } from "./keys.ts";
import { infiniteQueryOptions, mutationOptions, queryOptions, reads, writes } from "./options.ts";
import { writeThrough } from "./writeThrough.ts";

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
  return mutationOptions<Session, CoviuError, SessionCreationRequest>({
    ...writes,
    mutationFn: async (request, { client: queryClient }) => {
      const session = await createSession(client, request);
      writeThrough(queryClient, client.scope, { sessionId: session.session_id, arrived: session });
      return session;
    },
  });
}

/** Options of the mutation that changes a session. */
export function updateSessionMutationOptions(client: CoviuClient) {
  return mutationOptions<Session, CoviuError, { sessionId: string; request: SessionUpdateRequest }>({
    ...writes,
    mutationFn: async ({ sessionId, request }, { client: queryClient }) => {
      const written = await updateSession(client, sessionId, request);
      writeThrough(queryClient, client.scope, {
        sessionId,
        arrived: written,
        fields: (session) => ({ ...session, ...written, participants: session.participants ?? written.participants }),
      });
      return written;
    },
  });
}

/** Options of the mutation that cancels a session. `now` stamps what stays on the screen. */
export function cancelSessionMutationOptions(client: CoviuClient, now: () => Date = () => new Date()) {
  return mutationOptions<UnitResponse, CoviuError, { sessionId: string }>({
    ...writes,
    mutationFn: async ({ sessionId }, { client: queryClient }) => {
      const answer = await cancelSession(client, sessionId);
      const canceled_time = now().toISOString();
      writeThrough(queryClient, client.scope, {
        sessionId,
        fields: (session) => ({ ...session, canceled_time }),
        final: true,
      });
      return answer;
    },
  });
}
