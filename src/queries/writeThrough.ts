import type { QueryClient, QueryKey } from "@tanstack/react-query";

import type { ParticipantPage } from "../api/answers.ts";
import type { CoviuClient, Operation, RequestOptions } from "../api/client.ts";
import type { CoviuError } from "../api/errors.ts";
import type { Participant, Session } from "../api/schemas.ts";
import type { SessionsParams } from "../api/sessionsParams.ts";
import { admits } from "../domain/admits.ts";
import { type CachedSessions, knownIds, paramsOf, rowsOf } from "./cached.ts";
import { confirmed } from "./confirmed.ts";
import { participantKeys, sessionKeys } from "./keys.ts";
import { mutationOptions, writes } from "./options.ts";

/** What a write changed, in terms of what a cache may hold. */
interface Change {
  sessionId?: string;
  /** Of what has not been there before. */
  newId?: string;
  participantId?: string;
  /** The session as the server now has it: lists that do not hold it yet may have to. */
  arrived?: Session;
  fields?: (session: Session) => Session;
  people?: (people: Participant[], params: SessionsParams) => Participant[];
  /** What was canceled or removed can no longer be read by its id. */
  final?: boolean;
}

interface Sending<Data, Variables> {
  operation: Operation;
  send: (variables: Variables) => Promise<Data>;
  /** Looks whether it has happened, when no answer said so. What `isNew` is not, was there before or is another's. */
  look: (variables: Variables, options: RequestOptions, isNew: (id: string) => boolean) => Promise<readonly Data[]>;
  changeOf: (data: Data, variables: Variables) => Change;
}

/** Options of a mutation that sends something, makes sure of it, and then says what it changed. */
export function writeOptions<Data, Variables>(
  client: CoviuClient,
  { operation, send, look, changeOf }: Sending<Data, Variables>,
) {
  return mutationOptions<Data, CoviuError, Variables>({
    ...writes,
    mutationKey: ["coviu", client.scope, operation],
    // Inside the function, so that an app's own `onSuccess` adds to it and cannot replace it.
    mutationFn: (variables, { client: queryClient }) => {
      const known = knownIds(queryClient, client.scope);
      return confirmed(client, {
        operation,
        variables,
        send: () => send(variables),
        look: (signal, taken) => look(variables, { signal }, (id) => !known.has(id) && !taken.has(id)),
        arrive(data, late) {
          const change = changeOf(data, variables);
          writeThrough(queryClient, client.scope, change);
          const { arrived, newId } = change;
          // Where no list is on the screen, it can still be seen that it is there twice.
          if (late && newId && arrived) {
            queryClient.setQueryData(sessionKeys(client.scope).detail(newId), arrived);
          }
          return newId;
        },
      });
    },
  });
}

/**
 * Brings every cached entry up to date with a write, without asking the server where the answer is already known.
 * A read in flight may hold the state before the write: it is canceled before an edit and started again after it.
 */
function writeThrough(queryClient: QueryClient, scope: string | undefined, change: Change): void {
  const sessions = queryClient.getQueriesData<CachedSessions>({ queryKey: sessionKeys(scope).all });
  const arrived = change.arrived ?? changedSession(sessions, change);

  for (const [key, data] of sessions) {
    if (key[3] === "detail") {
      if (change.sessionId && change.sessionId !== key[4]) continue;
      const [edited] = data ? rowsOf(data).map((row) => rewritten(row, key, change)) : [];
      if (!edited || edited !== data) revise(queryClient, key, edited, { restart: !(change.final && change.fields) });
    } else if (data) {
      const { rows, refetch } = editRows(rowsOf(data), key, change, arrived);
      if (rows || refetch) revise(queryClient, key, rows && withRows(data, rows), { refetch });
    } else {
      revise(queryClient, key);
    }
  }
  if (!change.people) return;
  const { all, detail } = participantKeys(scope);
  for (const [key, data] of queryClient.getQueriesData<ParticipantPage>({ queryKey: [...all, "list"] })) {
    if (change.sessionId && change.sessionId !== key[4]) continue;
    const content = data && editPeople(data.content, key, change);
    if (!data || content !== data.content) revise(queryClient, key, data && { ...data, content });
  }
  const key = detail(change.participantId);
  const person = queryClient.getQueryData<Participant>(key);
  const [edited] = person ? change.people([person], { deleted_participants: true }) : [];
  revise(queryClient, key, edited, { restart: !change.final });
}

/** Cancels what is in flight, edits, then reads again what was interrupted or has to be. */
function revise(
  queryClient: QueryClient,
  queryKey: QueryKey,
  data?: unknown,
  { refetch = false, restart = true } = {},
): void {
  const query = queryClient.getQueryCache().find({ queryKey, exact: true });
  if (!query) return;
  const interrupted = restart && query.state.fetchStatus !== "idle";
  if (interrupted || data) void query.cancel({ revert: true, silent: true });
  // The age of the entry stays what it was: the rest of it was not read again.
  if (data) query.setData(data, { manual: true, updatedAt: query.state.dataUpdatedAt });
  // A failed read shows in the entry's own state, where the components look.
  if (interrupted || (refetch && query.isActive())) query.fetch().catch(() => {});
  else if (refetch) query.invalidate();
}

function editRows(rows: readonly Session[], queryKey: QueryKey, change: Change, arrived: Session | undefined) {
  const params = paramsOf(queryKey);
  const byTime = params.start_time ?? params.end_time;
  let touched = false;
  let refetch = false;
  const edited = rows.flatMap((row) => {
    const after = rewritten(row, queryKey, change);
    if (after === row) return row;
    touched = true;
    const verdict = admits(params, after);
    refetch ||=
      verdict !== "in" ||
      (byTime !== undefined && after.start_time !== row.start_time) ||
      (params.state !== undefined && statesOf(after) !== statesOf(row));
    return verdict === "out" ? [] : after;
  });
  // A person's change can only bring a session into lists that ask for a person's state.
  const mayArrive = arrived && (!change.people || params.state !== undefined);
  if (mayArrive && !rows.some((row) => row.session_id === arrived.session_id)) {
    refetch = admits(params, arrived) !== "out";
  }
  return { rows: touched ? edited : undefined, refetch };
}

/** Puts edited rows back into the page or pages they came from. */
function withRows(data: CachedSessions, rows: readonly Session[]): CachedSessions {
  if ("content" in data) return { ...data, content: [...rows] };
  if (!("pages" in data)) return data;
  const byId = new Map(rows.map((row) => [row.session_id, row]));
  const edited = (content: Session[]) => content.flatMap((row) => byId.get(row.session_id) ?? []);
  return { ...data, pages: data.pages.map((page) => ({ ...page, content: edited(page.content) })) };
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
function changedSession(cached: [QueryKey, CachedSessions | undefined][], change: Change): Session | undefined {
  for (const [key, data] of cached) {
    for (const row of data ? rowsOf(data) : []) {
      const after = rewritten(row, key, change);
      if (after !== row) return after;
    }
  }
  return undefined;
}

function statesOf(session: Session): string {
  return JSON.stringify(session.participants?.map((person) => [person.state, Boolean(person.deleted_at)]));
}
