import type { InfiniteData, Query, QueryClient, QueryKey } from "@tanstack/react-query";

import type { Participant, ParticipantPage, Session, SessionPage, SessionsParams } from "../api/schemas.ts";
import { admits } from "../domain/admits.ts";
import { cachedSessions, entries, paramsOf } from "./cached.ts";
import { participantKeys, sessionKeys } from "./keys.ts";

/** What a write changed, in terms of what a cache may hold. */
interface Change {
  sessionId?: string;
  participantId?: string;
  /** The session as the server now has it: lists that do not hold it yet may have to. */
  arrived?: Session;
  fields?: (session: Session) => Session;
  people?: (people: Participant[], params: SessionsParams) => Participant[];
  /** What was canceled or removed can no longer be read by its id. */
  final?: boolean;
}

/**
 * Brings every cached entry up to date with a write, without asking the server where the answer is already known.
 * A read in flight may hold the state before the write: it is canceled before an edit and started again after it.
 */
export function writeThrough(queryClient: QueryClient, scope: string | undefined, change: Change): void {
  const sessions = sessionKeys(scope);
  const participants = participantKeys(scope);
  const arrived = change.arrived ?? knownSession(queryClient, scope, change);

  for (const query of entries<SessionPage>(queryClient, [...sessions.all, "list"])) {
    const { data } = query.state;
    const edit = data && editRows(data.content, query.queryKey, change, arrived);
    if (edit || !data) revise(query, edit && { data: { ...data, content: edit.rows }, refetch: edit.refetch });
  }
  for (const query of entries<InfiniteData<SessionPage>>(queryClient, [...sessions.all, "infinite"])) {
    const { data } = query.state;
    const rows = data?.pages.flatMap((page) => page.content);
    const edit = rows && editRows(rows, query.queryKey, change, arrived);
    if (edit || !data) revise(query, edit && data && { data: inPages(data, edit.rows), refetch: edit.refetch });
  }
  for (const query of entries<Session>(queryClient, [...sessions.all, "detail"])) {
    const { data } = query.state;
    if (change.sessionId && change.sessionId !== query.queryKey[4]) continue;
    const edited = data && rewritten(data, query.queryKey, change);
    if (edited !== data || !data) revise(query, edited && { data: edited }, !(change.final && change.fields));
  }
  if (!change.people) return;
  for (const query of entries<ParticipantPage>(queryClient, [...participants.all, "list"])) {
    const { data } = query.state;
    if (change.sessionId && change.sessionId !== query.queryKey[4]) continue;
    const content = data && editPeople(data.content, query.queryKey, change);
    if (content !== data?.content || !data) revise(query, data && content && { data: { ...data, content } });
  }
  for (const query of entries<Participant>(queryClient, participants.detail(change.participantId))) {
    const { data } = query.state;
    const [edited] = data ? change.people([data], { deleted_participants: true }) : [];
    revise(query, edited && { data: edited }, !change.final);
  }
}

/** Cancels what is in flight, edits, then reads again what was interrupted or has to be. */
function revise<Data>(query: Query<Data>, edit: { data: Data; refetch?: boolean } | undefined, restart = true): void {
  const interrupted = query.state.fetchStatus !== "idle";
  if (!edit && !(interrupted && restart)) return;
  if (interrupted) void query.cancel({ revert: true, silent: true });
  // The age of the entry stays what it was: the rest of it was not read again.
  if (edit) query.setData(edit.data, { manual: true, updatedAt: query.state.dataUpdatedAt });
  if ((interrupted && restart) || (edit?.refetch && query.isActive())) query.fetch().catch(ignore);
  else if (edit?.refetch) query.invalidate();
}

/** A failed read shows in the entry's own state, where the components look. */
function ignore(): void {}

function editRows(
  rows: readonly Session[],
  queryKey: QueryKey,
  change: Change,
  arrived: Session | undefined,
): { rows: Session[]; refetch: boolean } | undefined {
  const params = paramsOf(queryKey);
  const byTime = params.start_time !== undefined || params.end_time !== undefined;
  let held = false;
  let touched = false;
  let refetch = false;
  const edited = rows.flatMap((row) => {
    held ||= row.session_id === arrived?.session_id;
    const after = rewritten(row, queryKey, change);
    if (after === row) return [row];
    touched = true;
    const verdict = admits(params, after);
    refetch ||=
      verdict !== "in" ||
      (byTime && after.start_time !== row.start_time) ||
      (params.state !== undefined && statesOf(after) !== statesOf(row));
    return verdict === "out" ? [] : [after];
  });
  // A person's change can only bring a session into lists that ask for a person's state.
  if (arrived && !held && (!change.people || params.state !== undefined)) refetch = admits(params, arrived) !== "out";
  return touched || refetch ? { rows: edited, refetch } : undefined;
}

function rewritten(session: Session, queryKey: QueryKey, change: Change): Session {
  if (change.sessionId && change.sessionId !== session.session_id) return session;
  const participants = session.participants && editPeople(session.participants, queryKey, change);
  const people = participants === session.participants ? session : { ...session, participants };
  return change.fields ? change.fields(people) : people;
}

function editPeople(people: Participant[], queryKey: QueryKey, change: Change): Participant[] {
  const { participantId } = change;
  if (participantId && !people.some((person) => person.participant_id === participantId)) return people;
  return change.people ? change.people(people, paramsOf(queryKey)) : people;
}

/** The session after the change, from whatever the cache knows of it. */
function knownSession(queryClient: QueryClient, scope: string | undefined, change: Change): Session | undefined {
  for (const { queryKey, rows } of cachedSessions(queryClient, scope)) {
    for (const row of rows) {
      const after = rewritten(row, queryKey, change);
      if (after !== row) return after;
    }
  }
  return undefined;
}

function statesOf(session: Session): string {
  return JSON.stringify(session.participants?.map((person) => [person.state, Boolean(person.deleted_at)]));
}

/** Puts edited rows back into the pages they came from. */
function inPages(data: InfiniteData<SessionPage>, rows: readonly Session[]): InfiniteData<SessionPage> {
  const byId = new Map(rows.map((row) => [row.session_id, row]));
  const pages = data.pages.map((page) => ({
    ...page,
    content: page.content.flatMap((row) => byId.get(row.session_id) ?? []),
  }));
  return { ...data, pages };
}
