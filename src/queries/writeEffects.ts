import type { CoviuClient } from "../api/client.ts";
import type { RequestOptions } from "../api/clientOptions.ts";
import { CoviuError } from "../api/errors.ts";
import { getParticipant, listParticipants } from "../api/participants.ts";
import type {
  ListSessionsParams,
  ParticipantCreationRequest,
  ParticipantUpdateRequest,
  SessionCreationRequest,
  SessionUpdateRequest,
} from "../api/requests.ts";
import type { Participant, Session, UnitResponse } from "../api/schemas.ts";
import { getSession, listSessions } from "../api/sessions.ts";
import { hasFields, isBookingOf, windowOf } from "../domain/sameBooking.ts";

/** Variables of the mutation that changes a session. */
export interface UpdateSessionVariables {
  sessionId: string;
  request: SessionUpdateRequest;
  /** The fields as they were when the user decided to change them. The proxy refuses the write if they differ now. */
  ifUnchanged?: SessionUpdateRequest | undefined;
}

/** Variables of the mutation that cancels a session. */
export interface CancelSessionVariables {
  sessionId: string;
}

/** Variables of the mutation that adds a person to a session. */
export interface AddParticipantVariables {
  sessionId: string;
  request: ParticipantCreationRequest;
}

/** Variables of the mutation that changes a person. */
export interface UpdateParticipantVariables {
  participantId: string;
  request: ParticipantUpdateRequest;
  /** The fields as they were when the user decided to change them. The proxy refuses the write if they differ now. */
  ifUnchanged?: ParticipantUpdateRequest | undefined;
}

/** Variables of the mutation that removes a person. */
export interface RemoveParticipantVariables {
  participantId: string;
}

/** Variables and result of each write. */
export interface WriteTypes {
  createSession: { variables: SessionCreationRequest; data: Session };
  updateSession: { variables: UpdateSessionVariables; data: Session };
  deleteSession: { variables: CancelSessionVariables; data: UnitResponse };
  addSessionParticipant: { variables: AddParticipantVariables; data: Participant };
  updateSessionParticipant: { variables: UpdateParticipantVariables; data: Participant };
  deleteSessionParticipant: { variables: RemoveParticipantVariables; data: UnitResponse };
}

export type WriteName = keyof WriteTypes;
export type VariablesOf<Name extends WriteName> = WriteTypes[Name]["variables"];
export type DataOf<Name extends WriteName> = WriteTypes[Name]["data"];

/** Change of the cache by a write. */
export interface CacheChange {
  /** Only entries of this session change. */
  sessionId?: string;
  /** Only entries with this person change. */
  participantId?: string;
  /** Id of the record that the write created. */
  newId?: string;
  /** The session as the server has it now. Lists that lack it are read again if their filter may include it. */
  session?: Session;
  editSession?: (cached: Session) => Session;
  editPeople?: (people: Participant[], params: ListSessionsParams) => Participant[];
  /** The record was canceled or removed, and can no longer be read by its id. */
  isFinal?: boolean;
}

/** List in which the record that a write creates will be. */
interface Creation<Variables, Data> {
  listRecords: (
    client: CoviuClient,
    variables: Variables,
    options: RequestOptions,
  ) => Promise<{ content: readonly Data[]; more: boolean }>;
  /** Tells by its content whether a record can be the result of the write. */
  isResult: (record: Data, variables: Variables) => boolean;
}

interface WriteEffect<Variables, Data> {
  /** For a write that creates a record. */
  creation?: Creation<Variables, Data>;
  /** For every other write: reads its result, and gives `undefined` if it did not happen. */
  find?: (client: CoviuClient, variables: Variables, options: RequestOptions) => Promise<Data | undefined>;
  /** Gives the change of the cache. */
  changeOf: (data: Data, variables: Variables, now: () => Date) => CacheChange;
}

/** How the result of each write is found after a lost response, and what the write changes in the cache. */
export const writeEffects: { [Name in WriteName]: WriteEffect<VariablesOf<Name>, DataOf<Name>> } = {
  createSession: {
    creation: {
      listRecords: (client, request, options) => listSessions(client, windowOf(request), options),
      isResult: isBookingOf,
    },
    changeOf: (session) => ({ sessionId: session.session_id, newId: session.session_id, session }),
  },
  updateSession: {
    async find(client, { sessionId, request }, options) {
      const session = await getSession(client, sessionId, undefined, options);
      return hasFields(session, request) ? session : undefined;
    },
    changeOf: (session, { sessionId }) => ({
      sessionId,
      session,
      editSession: (cached) => ({
        ...cached,
        ...session,
        participants: cached.participants ?? session.participants,
      }),
    }),
  },
  deleteSession: {
    find: (client, { sessionId }, options) =>
      getSession(client, sessionId, undefined, options).then(
        (session) => (session.canceled_time ? { ok: true } : undefined),
        isDone,
      ),
    changeOf: (_, { sessionId }, now) => ({
      sessionId,
      editSession: (cached) => ({ ...cached, canceled_time: now().toISOString() }),
      isFinal: true,
    }),
  },
  addSessionParticipant: {
    creation: {
      listRecords: (client, { sessionId }, options) => listParticipants(client, sessionId, undefined, options),
      isResult: (person, { request }) => hasFields(person, request),
    },
    changeOf: (added, { sessionId }) => ({
      sessionId,
      newId: added.participant_id,
      editPeople: (people) => [...people.filter((person) => person.participant_id !== added.participant_id), added],
    }),
  },
  updateSessionParticipant: {
    async find(client, { participantId, request }, options) {
      const person = await getParticipant(client, participantId, options);
      return hasFields(person, request) ? person : undefined;
    },
    changeOf: (updated, { participantId }) => ({
      participantId,
      editPeople: (people) =>
        people.map((person) => (person.participant_id === participantId ? { ...person, ...updated } : person)),
    }),
  },
  deleteSessionParticipant: {
    find: (client, { participantId }, options) =>
      getParticipant(client, participantId, options).then(
        (person) => (person.deleted_at ? { ok: true } : undefined),
        isDone,
      ),
    changeOf: (_, { participantId }, now) => ({
      participantId,
      editPeople: (people, { deleted_participants }) =>
        people.flatMap((person) => {
          if (person.participant_id !== participantId) return person;
          return deleted_participants ? { ...person, deleted_at: now().toISOString() } : [];
        }),
      isFinal: true,
    }),
  },
};

/** For a cancel or a removal without a response: a record that is no longer found is gone. */
function isDone(error: unknown): UnitResponse {
  alreadyDone(error);
  return { ok: true };
}

/**
 * Treats a cancel or a removal that found nothing as success: another user was faster.
 *
 * @throws unknown every other error, unchanged.
 */
export function alreadyDone(error: unknown): UnitResponse & { already: true } {
  if (CoviuError.is(error) && error.code === "not_found") return { ok: true, already: true };
  throw error;
}
