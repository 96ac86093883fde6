import type { InfiniteData, Query, QueryClient, QueryKey } from "@tanstack/react-query";
import * as v from "valibot";

import {
  type ParticipantPage,
  type Session,
  type SessionPage,
  type SessionParams,
  SessionsParams,
} from "../api/schemas.ts";
import { sessionKeys } from "./keys.ts";

/** The cached queries below a key, with the type that keys of this kind hold. */
export function entries<Data>(queryClient: QueryClient, queryKey: QueryKey): Query<Data>[] {
  const cache = queryClient.getQueryCache();
  return cache
    .findAll({ queryKey })
    .flatMap((entry) => cache.find<Data, Error, Data>({ queryKey: entry.queryKey, exact: true }) ?? []);
}

/** The parameters an entry was asked with: the last part of its key. */
export function paramsOf(queryKey: QueryKey): SessionsParams {
  const result = v.safeParse(SessionsParams, queryKey.at(-1));
  return result.success ? result.output : {};
}

/** Every place in which the cache holds sessions. */
export function cachedSessions(queryClient: QueryClient, scope: string | undefined) {
  const { all } = sessionKeys(scope);
  return [
    ...entries<Session>(queryClient, [...all, "detail"]).map((query) =>
      held(query, query.state.data && [query.state.data]),
    ),
    ...entries<SessionPage>(queryClient, [...all, "list"]).map((query) => held(query, query.state.data?.content)),
    ...entries<InfiniteData<SessionPage>>(queryClient, [...all, "infinite"]).map((query) =>
      held(
        query,
        query.state.data?.pages.flatMap((page) => page.content),
      ),
    ),
  ];
}

/** A cached session that was asked for with the same `deleted_participants`, and when it was read. */
export function heldSession(
  queryClient: QueryClient,
  scope: string | undefined,
  sessionId: string | undefined,
  params: SessionParams = {},
): { session: Session; readAt: number } | undefined {
  for (const { queryKey, rows, readAt } of cachedSessions(queryClient, scope)) {
    if (Boolean(paramsOf(queryKey).deleted_participants) !== Boolean(params.deleted_participants)) continue;
    const session = rows.find((row) => row.session_id === sessionId);
    if (session) return { session, readAt };
  }
  return undefined;
}

/** The people of such a session, if its answer named them. */
export function heldPeople(
  queryClient: QueryClient,
  scope: string | undefined,
  sessionId: string | undefined,
  params?: SessionParams,
): { people: ParticipantPage; readAt: number } | undefined {
  const found = heldSession(queryClient, scope, sessionId, params);
  const content = found?.session.participants;
  return content && { people: { content, more: false }, readAt: found.readAt };
}

function held<Data>({ queryKey, state }: Query<Data>, rows: Session[] = []) {
  return { queryKey, readAt: state.dataUpdatedAt, rows };
}
