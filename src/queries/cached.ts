import type { InfiniteData, Query, QueryClient, QueryKey } from "@tanstack/react-query";

import type { GetSessionParams } from "../api/requests.ts";
import type { ListSessionsParams } from "../api/requests.ts";
import type { ParticipantPage, SessionPage } from "../api/schemas.ts";
import type { Session } from "../api/schemas.ts";
import { participantKeys, sessionKeys } from "./keys.ts";
import { reads } from "./options.ts";

/** Cache data under the keys of sessions: a session, a page, or several pages. */
export type CachedSessions = Session | SessionPage | InfiniteData<SessionPage>;

/** Finds a cache entry by its key. The hash function of a shared query client does not matter: the kit uses that of TanStack Query. */
export function entryOf(queryClient: QueryClient, queryKey: QueryKey): Query | undefined {
  return queryClient.getQueryCache().find({ queryKey, exact: true });
}

/** Puts a session into its cache entry, and creates the entry if there is none. `updatedAt` is in ms since 1970. */
export function putInCache(queryClient: QueryClient, queryKey: QueryKey, session: Session, updatedAt?: number): void {
  const options = queryClient.defaultQueryOptions({ ...reads, queryKey });
  const entry: Query = queryClient.getQueryCache().build(queryClient, options);
  entry.setData(session, { manual: true, ...(updatedAt !== undefined && { updatedAt }) });
}

/** Parameters of a cache entry, from the last part of its key. */
export function paramsOf(queryKey: QueryKey): ListSessionsParams {
  const params: unknown = queryKey.at(-1);
  return typeof params === "object" && params !== null ? params : {};
}

export function rowsOf(data: CachedSessions | undefined): readonly Session[] {
  if (!data) return [];
  if ("pages" in data) return data.pages.flatMap(rowsOf);
  return "content" in data ? data.content : [data];
}

/** Finds a cached session that was read with the same `deleted_participants`, and the time of that read in ms since 1970. */
export function heldSession(
  queryClient: QueryClient,
  scope: string | undefined,
  sessionId: string | undefined,
  params: GetSessionParams = {},
): { session: Session; readAt: number | undefined } | undefined {
  for (const [key, data] of queryClient.getQueriesData<CachedSessions>({ queryKey: sessionKeys(scope).all })) {
    if (!paramsOf(key).deleted_participants !== !params.deleted_participants) continue;
    const session = rowsOf(data).find((row) => row.session_id === sessionId);
    if (session) return { session, readAt: entryOf(queryClient, key)?.state.dataUpdatedAt };
  }
  return undefined;
}

/** The people of such a session, if its response included them. */
export function heldPeople(
  ...parameters: Parameters<typeof heldSession>
): { people: ParticipantPage; readAt: number | undefined } | undefined {
  const held = heldSession(...parameters);
  const content = held?.session.participants;
  return content && { people: { content, more: false }, readAt: held.readAt };
}

/** All sessions in the cache. A session may occur more than once. */
export function cachedSessions(queryClient: QueryClient, scope: string | undefined): Session[] {
  return queryClient
    .getQueriesData<CachedSessions>({ queryKey: sessionKeys(scope).all })
    .flatMap(([, data]) => rowsOf(data));
}

/** The ids of all sessions and people in the cache. */
export function cachedIds(queryClient: QueryClient, scope: string | undefined): string[] {
  const sessions = cachedSessions(queryClient, scope);
  const people = queryClient
    .getQueriesData<ParticipantPage>({ queryKey: [...participantKeys(scope).all, "list"] })
    .flatMap(([, data]) => data?.content ?? []);
  return [
    ...sessions.map((session) => session.session_id),
    ...[...people, ...sessions.flatMap((session) => session.participants ?? [])].map((person) => person.participant_id),
  ];
}
