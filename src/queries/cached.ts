import type { InfiniteData, Query, QueryClient, QueryKey } from "@tanstack/react-query";

import type { GetSessionParams } from "../api/requests.ts";
import type { ListSessionsParams } from "../api/requests.ts";
import type { ParticipantPage, SessionPage } from "../api/schemas.ts";
import type { Session } from "../api/schemas.ts";
import { participantKeys, sessionKeys } from "./keys.ts";
import { reads } from "./options.ts";

/** What stands in the cache under the keys of sessions: a detail, a page, or pages. */
export type CachedSessions = Session | SessionPage | InfiniteData<SessionPage>;

/** An entry by its key, however a shared query client would hash it by default: entries of the kit are hashed as TanStack does. */
export function entryOf(queryClient: QueryClient, queryKey: QueryKey): Query | undefined {
  return queryClient.getQueryCache().find({ queryKey, exact: true });
}

/** Puts a session into its entry, which is made if there is none. */
export function putInCache(queryClient: QueryClient, queryKey: QueryKey, session: Session, updatedAt?: number): void {
  const options = queryClient.defaultQueryOptions({ ...reads, queryKey });
  const entry: Query = queryClient.getQueryCache().build(queryClient, options);
  entry.setData(session, { manual: true, ...(updatedAt !== undefined && { updatedAt }) });
}

/** The parameters an entry was asked with: the last part of its key. */
export function paramsOf(queryKey: QueryKey): ListSessionsParams {
  const params: unknown = queryKey.at(-1);
  return typeof params === "object" && params !== null ? params : {};
}

export function rowsOf(data: CachedSessions | undefined): readonly Session[] {
  if (!data) return [];
  if ("pages" in data) return data.pages.flatMap(rowsOf);
  return "content" in data ? data.content : [data];
}

/** A cached session that was asked for with the same `deleted_participants`, and when it was read. */
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

/** The people of such a session, if its answer named them. */
export function heldPeople(
  ...asked: Parameters<typeof heldSession>
): { people: ParticipantPage; readAt: number | undefined } | undefined {
  const held = heldSession(...asked);
  const content = held?.session.participants;
  return content && { people: { content, more: false }, readAt: held.readAt };
}

/** All sessions that are in the cache, some of them more than once. */
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
