import type { ParticipantPage, UnitResponse } from "../api/schemas.ts";
import type { CoviuClient, RequestOptions } from "../api/client.ts";
import { CoviuError } from "../api/errors.ts";
import { getParticipant, listParticipants } from "../api/participants.ts";
import type {
  ParticipantCreationRequest,
  ParticipantUpdateRequest,
  SessionCreationRequest,
  SessionUpdateRequest,
} from "../api/requests.ts";
import type { Participant, Session } from "../api/schemas.ts";
import { getSession, listSessions } from "../api/sessions.ts";
import { hasFields, isBookingOf, windowOf } from "../domain/sameBooking.ts";
import { cachedSessions, putInCache } from "./cached.ts";
import { confirmed } from "./confirmed.ts";
import { goneBefore } from "./goneBefore.ts";
import { participantKeys, sessionKeys } from "./keys.ts";
import type { QueryClient } from "./options.ts";
import { type Change, writeThrough } from "./writeThrough.ts";

/** What each write is called with, and what it gives. */
export interface WriteTypes {
  createSession: { variables: SessionCreationRequest; data: Session };
  updateSession: {
    variables: {
      sessionId: string;
      request: SessionUpdateRequest;
      /** What the fields were when somebody decided to change them. */
      ifUnchanged?: SessionUpdateRequest | undefined;
    };
    data: Session;
  };
  deleteSession: { variables: { sessionId: string }; data: UnitResponse };
  addSessionParticipant: { variables: { sessionId: string; request: ParticipantCreationRequest }; data: Participant };
  updateSessionParticipant: {
    variables: {
      participantId: string;
      request: ParticipantUpdateRequest;
      ifUnchanged?: ParticipantUpdateRequest | undefined;
    };
    data: Participant;
  };
  deleteSessionParticipant: { variables: { participantId: string }; data: UnitResponse };
}

/** A write that is about to be sent. */
export interface Sending<Name extends keyof WriteTypes> {
  client: CoviuClient;
  queryClient: QueryClient;
  /** The query client that holds the mutation. */
  mutationClient: QueryClient;
  operation: Name;
  mutationKey: readonly unknown[];
  variables: WriteTypes[Name]["variables"];
  send: () => Promise<WriteTypes[Name]["data"]>;
  now: () => Date;
}

/** Sends a write, makes sure of it where no answer comes, and then says what it changed. */
export function followed<Name extends keyof WriteTypes>(sending: Sending<Name>): Promise<WriteTypes[Name]["data"]> {
  const { client, queryClient, mutationClient, operation, mutationKey, variables, send, now } = sending;
  const { scope } = client;
  const { look, list, changeOf } = trails[operation];
  const known = new Set(knownIds(queryClient, scope));
  // What a write makes is told from what looks alike by the ids of before. Without them nobody can tell.
  let canTell = !list;

  function unknown(code: "bad_response" | "timeout") {
    return new CoviuError({ code, operation, outcome: "unknown" });
  }

  /** Where no list is on the screen, it can still be seen that a session is there twice. */
  function showAsFound({ newId, arrived }: Change) {
    if (newId && arrived) putInCache(queryClient, sessionKeys(scope).detail(newId), arrived);
  }

  return confirmed(client, {
    operation,
    variables,
    prepare:
      list &&
      (async (signal) => {
        const { content, more } = await list(sending, { signal, retry: false });
        for (const data of content) known.add(changeOf(data, variables, now).newId ?? "");
        canTell = !more;
      }),
    async send() {
      const data = await send();
      const { newId } = changeOf(data, variables, now);
      if (newId && known.has(newId)) throw unknown("bad_response");
      return data;
    },
    async look(signal, taken) {
      const found = await look(sending, { signal }, (id) => !known.has(id) && !taken.has(id));
      if (canTell || found.length === 0) return found;
      // It may be this write or an older one: where there are two, the screens say so.
      for (const data of found) showAsFound(changeOf(data, variables, now));
      throw unknown("timeout");
    },
    arrive(data, late) {
      const change = changeOf(data, variables, now);
      const { newId } = change;
      // One that was dropped meanwhile belongs to a person who has left: the entries are the next one's.
      const predicate = ({ state }: { state: { variables?: unknown } }) => state.variables === variables;
      if (!late && !mutationClient.isMutating({ mutationKey, predicate })) return newId;
      writeThrough(queryClient, scope, change);
      if (late) showAsFound(change);
      return newId;
    },
  });
}

interface Trail<Name extends keyof WriteTypes, Type extends WriteTypes[Name] = WriteTypes[Name]> {
  /** What is there before a write that makes something. Its result would be in the same list. */
  list?: (
    sending: Pick<Sending<Name>, "client" | "variables">,
    options: RequestOptions,
  ) => Promise<{ content: readonly Type["data"][]; more: boolean }>;
  /** Looks whether it has happened, when no answer said so. What `isNew` is not, was there before or is another's. */
  look: (
    sending: Pick<Sending<Name>, "client" | "variables">,
    options: RequestOptions,
    isNew: (id: string) => boolean,
  ) => Promise<readonly Type["data"][]>;
  changeOf: (data: Type["data"], variables: Type["variables"], now: () => Date) => Change;
}

/** Where each write can be seen afterwards, and what it changes. */
const trails: { [Name in keyof WriteTypes]: Trail<Name> } = {
  createSession: {
    list: listAround,
    async look(sending, options, isNew) {
      const { content } = await listAround(sending, options);
      return content.filter((session) => isNew(session.session_id) && isBookingOf(session, sending.variables));
    },
    changeOf: (arrived) => ({ sessionId: arrived.session_id, newId: arrived.session_id, arrived }),
  },
  updateSession: {
    async look({ client, variables: { sessionId, request } }, options) {
      const session = await getSession(client, sessionId, undefined, options);
      return hasFields(session, request) ? [session] : [];
    },
    changeOf: (arrived, { sessionId }) => ({
      sessionId,
      arrived,
      fields: (session) => ({ ...session, ...arrived, participants: session.participants ?? arrived.participants }),
    }),
  },
  deleteSession: {
    look: ({ client, variables: { sessionId } }, options) =>
      getSession(client, sessionId, undefined, options).then(
        (session) => (session.canceled_time ? [{ ok: true }] : []),
        isDone,
      ),
    changeOf: (_, { sessionId }, now) => ({
      sessionId,
      fields: (session) => ({ ...session, canceled_time: now().toISOString() }),
      final: true,
    }),
  },
  addSessionParticipant: {
    list: listPeople,
    async look(sending, options, isNew) {
      const { content } = await listPeople(sending, options);
      const { request } = sending.variables;
      return content.filter((person) => isNew(person.participant_id) && hasFields(person, request)).slice(0, 1);
    },
    changeOf: (added, { sessionId }) => ({
      sessionId,
      newId: added.participant_id,
      people: (people) => [...people.filter((person) => person.participant_id !== added.participant_id), added],
    }),
  },
  updateSessionParticipant: {
    async look({ client, variables: { participantId, request } }, options) {
      const person = await getParticipant(client, participantId, options);
      return hasFields(person, request) ? [person] : [];
    },
    changeOf: (written, { participantId }) => ({
      participantId,
      people: (people) =>
        people.map((person) => (person.participant_id === participantId ? { ...person, ...written } : person)),
    }),
  },
  deleteSessionParticipant: {
    look: ({ client, variables: { participantId } }, options) =>
      getParticipant(client, participantId, options).then(
        (person) => (person.deleted_at ? [{ ok: true }] : []),
        isDone,
      ),
    changeOf: (_, { participantId }, now) => ({
      participantId,
      people: (people, { deleted_participants }) =>
        people.flatMap((person) => {
          if (person.participant_id !== participantId) return person;
          return deleted_participants ? { ...person, deleted_at: now().toISOString() } : [];
        }),
      final: true,
    }),
  },
};

/** The sessions among which a booking would be. */
function listAround(
  { client, variables }: Pick<Sending<"createSession">, "client" | "variables">,
  options: RequestOptions,
) {
  return listSessions(client, windowOf(variables), options);
}

/** The people among whom an added one would be. */
function listPeople(
  { client, variables }: Pick<Sending<"addSessionParticipant">, "client" | "variables">,
  options: RequestOptions,
) {
  return listParticipants(client, variables.sessionId, undefined, options);
}

/** The ids of all sessions and people that are in the cache. */
function knownIds(queryClient: QueryClient, scope: string | undefined): ReadonlySet<string> {
  const sessions = cachedSessions(queryClient, scope);
  const people = queryClient
    .getQueriesData<ParticipantPage>({ queryKey: [...participantKeys(scope).all, "list"] })
    .flatMap(([, data]) => data?.content ?? []);
  return new Set([
    ...sessions.map((session) => session.session_id),
    ...[...people, ...sessions.flatMap((session) => session.participants ?? [])].map((person) => person.participant_id),
  ]);
}

/** What can't be found any more is what was wanted. */
function isDone(error: unknown): UnitResponse[] {
  const { ok } = goneBefore(error);
  return [{ ok }];
}
