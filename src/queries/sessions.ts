import type { CoviuClient } from "../api/client.ts";
import type { CoviuError } from "../api/errors.ts";
import type { GetSessionParams, ListSessionsParams, SessionCreationRequest } from "../api/requests.ts";
import type { Session, SessionPage, UnitResponse } from "../api/schemas.ts";
import { cancelSession, createSession, getSession, listSessions, updateSession } from "../api/sessions.ts";
import { heldSession } from "./cached.ts";
import { sessionKeys, type SessionKeys } from "./keys.ts";
import {
  infiniteQueryOptions,
  type InfiniteReadOptions,
  type QueryClient,
  queryOptions,
  type ReadOptions,
  reads,
  type WriteOptions,
} from "./options.ts";
import { writeOptions } from "./runWrite.ts";
import { alreadyDone, type CancelSessionVariables, type UpdateSessionVariables } from "./writeEffects.ts";

/** Maximum number of pages that are read of one list. */
export const maxPages = 500;

/**
 * Options of the query for one page of sessions: `GET /sessions`.
 *
 * @example
 * const { queryClient } = useCoviu();
 * const page = useQuery(sessionsQueryOptions(client, { page_size: 20 }), queryClient);
 */
export function sessionsQueryOptions(
  client: CoviuClient,
  params?: ListSessionsParams,
): ReadOptions<SessionPage, ReturnType<SessionKeys["list"]>> {
  const queryKey = sessionKeys(client.scope).list(params);
  return queryOptions<SessionPage, CoviuError, SessionPage, typeof queryKey>({
    ...reads,
    queryKey,
    queryFn: ({ signal }) => listSessions(client, params, { signal }),
  });
}

/**
 * Options of the infinite query of sessions: `GET /sessions`. Reading ends after 500 pages, at a page without a new session,
 * and at the third empty page in a row. `more` in the last page is then still true, and the list may be incomplete.
 */
export function infiniteSessionsQueryOptions(
  client: CoviuClient,
  params?: ListSessionsParams,
): InfiniteReadOptions<SessionPage, ReturnType<SessionKeys["infinite"]>, number> {
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
    getNextPageParam: (last, pages, page) =>
      last.more && page + 1 < maxPages && !isStuck(pages) ? page + 1 : undefined,
  });
}

/** Whether the server keeps promising more pages without new rows. */
export function isStuck(pages: readonly SessionPage[]): boolean {
  const rows = pages.map(({ content }) => content);
  const last = rows.pop();
  if (!last?.length) return rows.length > 1 && !rows.slice(-2).flat().length;
  return last.every(({ session_id }) => rows.some((page) => page.some((row) => row.session_id === session_id)));
}

/**
 * Options of the query for one session: `GET /sessions/{session_id}`. With `queryClient`, a session from a cached list is
 * shown while the session is read.
 */
export function sessionQueryOptions(
  client: CoviuClient,
  sessionId: string | undefined,
  params?: GetSessionParams,
  queryClient?: QueryClient,
): ReadOptions<Session, ReturnType<SessionKeys["detail"]>> {
  const queryKey = sessionKeys(client.scope).detail(sessionId, params);
  const held = queryClient && (() => heldSession(queryClient, client.scope, sessionId, params));
  return queryOptions<Session, CoviuError, Session, typeof queryKey>({
    ...reads,
    queryKey,
    queryFn: ({ signal }) => getSession(client, sessionId ?? "", params, { signal }),
    enabled: sessionId !== undefined,
    // A canceled session can no longer be read, so its data stays.
    staleTime: ({ state }) => (state.data?.canceled_time ? Infinity : reads.staleTime),
    ...(held && {
      initialData: () => held()?.session,
      // Stale, so that the session is read at once.
      initialDataUpdatedAt: () => Math.max(0, (held()?.readAt ?? 0) - reads.staleTime),
    }),
  });
}

/** Options of the mutation that books a session: `POST /sessions`. Its variables are the request. */
export function createSessionMutationOptions(client: CoviuClient): WriteOptions<Session, SessionCreationRequest> {
  return writeOptions(client, "createSession", (request) => createSession(client, request));
}

/** Options of the mutation that changes a session: `PUT /sessions/{session_id}`. */
export function updateSessionMutationOptions(client: CoviuClient): WriteOptions<Session, UpdateSessionVariables> {
  return writeOptions(client, "updateSession", ({ sessionId, request, ifUnchanged }) =>
    updateSession(client, sessionId, request, { ifUnchanged }),
  );
}

/**
 * Options of the mutation that cancels a session: `DELETE /sessions/{session_id}`. A session that is no longer found counts
 * as canceled. `now` gives the time of the cancel in the cache.
 */
export function cancelSessionMutationOptions(
  client: CoviuClient,
  now?: () => Date,
): WriteOptions<UnitResponse, CancelSessionVariables> {
  return writeOptions(
    client,
    "deleteSession",
    ({ sessionId }) => cancelSession(client, sessionId).catch(alreadyDone),
    now,
  );
}
