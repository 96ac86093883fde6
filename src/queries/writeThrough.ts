import type { QueryClient, QueryKey } from "@tanstack/react-query";

import type { ParticipantPage, SessionPage } from "../api/schemas.ts";
import type { Participant, Session } from "../api/schemas.ts";
import type { ListSessionsParams } from "../api/requests.ts";
import { admits } from "../domain/admits.ts";
import { type CachedSessions, entryOf, paramsOf, rowsOf } from "./cached.ts";
import { participantKeys, sessionKeys } from "./keys.ts";

/** What a write changed, in terms of what a cache may hold. */
export interface Change {
  sessionId?: string;
  /** Of what has not been there before. */
  newId?: string;
  participantId?: string;
  /** The session as the server now has it: lists that do not hold it yet may have to. */
  arrived?: Session;
  fields?: (session: Session) => Session;
  people?: (people: Participant[], params: ListSessionsParams) => Participant[];
  /** What was canceled or removed can no longer be read by its id. */
  final?: boolean;
}

/**
 * Brings every cached entry up to date with a write, without asking the server where the answer is already known.
 * A read in flight may hold the state before the write: it is canceled before an edit and started again after it.
 */
export function writeThrough(queryClient: QueryClient, scope: string | undefined, change: Change): void {
  const sessions = queryClient.getQueriesData<CachedSessions>({ queryKey: sessionKeys(scope).all });
  const rows = sessions.flatMap(([key, data]) => rowsOf(data).map((row) => changed(row, key, change)));
  const arrived = change.arrived ?? rows.find(Boolean);

  for (const [key, data] of sessions) {
    const isDetail = key[3] === "detail";
    if (isDetail && change.sessionId && change.sessionId !== key[4]) continue;
    const { edited, refetch } = edit(data, key, change, arrived);
    const restart = !(isDetail && change.final && change.fields);
    if (!data || edited || refetch) revise(queryClient, key, edited, { refetch, restart });
  }
  if (!change.people) return;
  const { all, detail } = participantKeys(scope);
  for (const [key, data] of queryClient.getQueriesData<ParticipantPage>({ queryKey: [...all, "list"] })) {
    if (change.sessionId && change.sessionId !== key[4]) continue;
    const content = changedPeople(data?.content, key, change);
    if (!data || content) revise(queryClient, key, content && { ...data, content });
  }
  const key = detail(change.participantId);
  const person = entryOf(queryClient, key)?.state.data;
  const [edited] = isPerson(person) ? change.people([person], { deleted_participants: true }) : [];
  revise(queryClient, key, edited, { restart: !change.final });
}

function isPerson(data: unknown): data is Participant {
  return data instanceof Object && "participant_id" in data;
}

/** Cancels what is in flight, edits, then reads again what was interrupted or has to be. */
function revise(
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

/** What an entry holds after the change, if that is something else, and whether the server has to be asked as well. */
function edit(data: CachedSessions | undefined, queryKey: QueryKey, change: Change, arrived: Session | undefined) {
  const params = paramsOf(queryKey);
  const isList = queryKey[3] !== "detail";
  const byTime = params.start_time ?? params.end_time;
  // A person's change can only bring a session into lists that ask for a person's state.
  let mayArrive = isList && (!change.people || params.state !== undefined);
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
function changed(session: Session, queryKey: QueryKey, change: Change): Session | undefined {
  if (change.sessionId && change.sessionId !== session.session_id) return undefined;
  const participants = changedPeople(session.participants, queryKey, change);
  return participants ? { ...session, participants } : change.fields?.(session);
}

function changedPeople(people: Participant[] | undefined, queryKey: QueryKey, { people: edit, participantId }: Change) {
  const isThere = !participantId || people?.some((person) => person.participant_id === participantId);
  return isThere && people ? edit?.(people, paramsOf(queryKey)) : undefined;
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
