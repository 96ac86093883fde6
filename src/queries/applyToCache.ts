import type { QueryClient, QueryKey } from "@tanstack/react-query";

import type { Participant, ParticipantPage, Session, SessionPage } from "../api/schemas.ts";
import { admits } from "../domain/admits.ts";
import { type CachedSessions, entryOf, paramsOf, rowsOf } from "./cached.ts";
import { participantKeys, sessionKeys } from "./keys.ts";
import type { CacheChange } from "./writeEffects.ts";

/**
 * Updates every cache entry that a write changes. Entries whose new content is known are edited; the others are read
 * again. A read in flight may hold the state before the write: it is canceled before an edit and started again after it.
 */
export function applyToCache(queryClient: QueryClient, scope: string | undefined, change: CacheChange): void {
  const sessions = queryClient.getQueriesData<CachedSessions>({ queryKey: sessionKeys(scope).all });
  const rows = sessions.flatMap(([key, data]) => rowsOf(data).map((row) => changed(row, key, change)));
  const arrived = change.session ?? rows.find(Boolean);

  for (const [key, data] of sessions) {
    const isDetail = key[3] === "detail";
    if (isDetail && change.sessionId && change.sessionId !== key[4]) continue;
    const { edited, refetch } = edit(data, key, change, arrived);
    const restart = !(isDetail && change.isFinal && change.editSession);
    if (!data || edited || refetch) updateEntry(queryClient, key, edited, { refetch, restart });
  }
  if (!change.editPeople) return;
  const { all, detail } = participantKeys(scope);
  for (const [key, data] of queryClient.getQueriesData<ParticipantPage>({ queryKey: [...all, "list"] })) {
    if (change.sessionId && change.sessionId !== key[4]) continue;
    const content = changedPeople(data?.content, key, change);
    if (!data || content) updateEntry(queryClient, key, content && { ...data, content });
  }
  const key = detail(change.participantId);
  const person = entryOf(queryClient, key)?.state.data;
  const [edited] = isPerson(person) ? change.editPeople([person], { deleted_participants: true }) : [];
  updateEntry(queryClient, key, edited, { restart: !change.isFinal });
}

function isPerson(data: unknown): data is Participant {
  return data instanceof Object && "participant_id" in data;
}

/** Cancels a read in flight, edits the entry, and starts the read again. */
function updateEntry(
  queryClient: QueryClient,
  queryKey: QueryKey,
  data?: unknown,
  { refetch = false, restart = true } = {},
): void {
  const query = entryOf(queryClient, queryKey);
  if (!query) return;
  const interrupted = restart && query.state.fetchStatus !== "idle";
  if (interrupted || data) void query.cancel({ revert: true, silent: true });
  // The age of the entry stays what it was: the rest of it was not read again.
  if (data) query.setData(data, { manual: true, updatedAt: query.state.dataUpdatedAt });
  // A failed read shows in the entry's own state, where the components look.
  if (interrupted || (refetch && query.isActive())) query.fetch().catch(() => {});
  else if (refetch) query.invalidate();
}

/** Gives the edited data of an entry, if the change edits it, and whether the entry has to be read again. */
function edit(data: CachedSessions | undefined, queryKey: QueryKey, change: CacheChange, arrived: Session | undefined) {
  const params = paramsOf(queryKey);
  const isList = queryKey[3] !== "detail";
  const byTime = params.start_time ?? params.end_time;
  // A person's change can only bring a session into lists that ask for a person's state.
  let mayArrive = isList && (!change.editPeople || params.state !== undefined);
  let touched = false;
  let refetch = false;
  const edited =
    data &&
    mapRows(data, (row) => {
      if (row.session_id === arrived?.session_id) mayArrive = false;
      const after = changed(row, queryKey, change);
      if (!after) return row;
      touched = true;
      if (!isList) return after;
      const verdict = admits(params, after);
      refetch ||=
        verdict !== "in" ||
        (byTime !== undefined && after.start_time !== row.start_time) ||
        (params.state !== undefined && statesOf(after) !== statesOf(row));
      return verdict === "out" ? [] : after;
    });
  if (data && arrived && mayArrive) refetch = admits(params, arrived) !== "out";
  return { edited: touched ? edited : undefined, refetch };
}

/** The session after the change, if it has changed. */
function changed(session: Session, queryKey: QueryKey, change: CacheChange): Session | undefined {
  if (change.sessionId && change.sessionId !== session.session_id) return undefined;
  const participants = changedPeople(session.participants, queryKey, change);
  return participants ? { ...session, participants } : change.editSession?.(session);
}

function changedPeople(
  people: Participant[] | undefined,
  queryKey: QueryKey,
  { editPeople, participantId }: CacheChange,
) {
  const isThere = !participantId || people?.some((person) => person.participant_id === participantId);
  return isThere && people ? editPeople?.(people, paramsOf(queryKey)) : undefined;
}

function statesOf(session: Session): string {
  return JSON.stringify(session.participants?.map((person) => [person.state, Boolean(person.deleted_at)]));
}

/** The same data with other rows. A detail has one, which stays. */
function mapRows(data: CachedSessions, to: (row: Session) => Session | Session[]): CachedSessions {
  const edited = <Page extends SessionPage>(page: Page) => ({ ...page, content: page.content.flatMap(to) });
  if ("pages" in data) return { ...data, pages: data.pages.map(edited) };
  if ("content" in data) return edited(data);
  return [data].flatMap(to)[0] ?? data;
}
