import * as v from "valibot";

import type { CoviuClient, RequestOptions } from "../../api/client.ts";
import { fieldsOf } from "../../api/decode.ts";
import { CoviuError } from "../../api/errors.ts";
import {
  addParticipant,
  getParticipant,
  listParticipants,
  removeParticipant,
  updateParticipant,
} from "../../api/participants.ts";
import { GetSessionParams } from "../../api/requests.ts";
import {
  ParticipantCreationRequest,
  ParticipantUpdateRequest,
  SessionCreationRequest,
  SessionUpdateRequest,
} from "../../api/requests.ts";
import { ListSessionsParams } from "../../api/requests.ts";
import type { SessionPage } from "../../api/schemas.ts";
import type { Participant, Session } from "../../api/schemas.ts";
import { cancelSession, createSession, getSession, listSessions, updateSession } from "../../api/sessions.ts";
import { hasFields, isBookingOf, rosterOf, windowOf } from "../../domain/sameBooking.ts";
import type { People } from "./people.ts";
import type { Done, WriteOnce } from "./records.ts";
import { Refusal } from "./refusal.ts";
import type { ProxyOperation, Rights } from "./rights.ts";

/** What a request asks for, by whom, and what it takes to do it. */
export interface Ask {
  operation: ProxyOperation;
  /** Of the session or of the person, as this user knows it. */
  id: string;
  query: URLSearchParams;
  body: object | undefined;
  client: CoviuClient;
  /** Ends reads at the time limit of the request. */
  signal: AbortSignal;
  rights: Rights;
  people: People;
  /** A page of what this user's lists hold. */
  list: (params: ListSessionsParams) => Promise<SessionPage>;
  /** Whether this write, and no other, has made what has this id. */
  isOwn: (id: string) => Promise<boolean>;
}

/** A write that has been checked as far as it can be without asking the service. */
export type Write = Pick<WriteOnce, "lockName" | "perform" | "confirm" | "reread">;

/** Options of a read: the browser repeats what it reads, and one layer of repeats is enough. */
function once({ signal }: Ask): RequestOptions {
  return { retry: false, signal };
}

/** Does what a read asks for. @throws Refusal or CoviuError */
export async function read(ask: Ask): Promise<object> {
  const { operation, client, rights, people, id, query } = ask;
  if (operation === "getSessionPage") {
    const params = checked(ListSessionsParams, paramsOf(query));
    await rights.demand(operation, { params });
    const page = await ask.list(params);
    return { ...page, content: await Promise.all(page.content.map(people.shownSession)) };
  }
  if (operation === "getSessionParticipant") {
    const { person, session } = await personOf(ask);
    await rights.demand(operation, { session, participant: person });
    return people.shown(person);
  }
  const params = checked(GetSessionParams, paramsOf(query));
  const session = await getSession(client, id, params, once(ask));
  await rights.demand(operation, { session });
  if (operation === "getSessionById") return people.shownSession(session);
  // Field by field: what else the service adds may name people and links as well.
  const { content, more, page, page_size, page_count } = await listParticipants(client, id, params, once(ask));
  return { content: await Promise.all(content.map(people.shown)), more, page, page_size, page_count };
}

/** What a write will do. @throws Refusal if it can't be meant. */
export function writeOf(ask: Ask): Write {
  switch (ask.operation) {
    case "createSession":
      return creation(ask);
    case "addSessionParticipant":
      return addition(ask);
    case "updateSession":
    case "deleteSession":
      return sessionEdit(ask);
    default:
      return personEdit(ask);
  }
}

/** Pages of sessions at the time of a booking. */
const maxPages = 5;

function creation(ask: Ask): Write {
  const { operation, body, client, rights, people, isOwn } = ask;
  const request = checked(SessionCreationRequest, body);

  /** Sessions that this one can be mistaken for; `undefined` if there are too many at that time. */
  async function lookAlikes(): Promise<Session[] | undefined> {
    const rows: Session[] = [];
    for (let page = 0; page < maxPages; page += 1) {
      // oxlint-disable-next-line no-await-in-loop -- mostly there is one
      const { content, more } = await listSessions(client, { ...windowOf(request), page }, once(ask));
      rows.push(...content.filter((row) => isBookingOf(row, request)));
      if (!more) return rows;
    }
    return undefined;
  }
  const shown = async (session: Session): Promise<Done> => ({
    id: session.session_id,
    body: await people.shownSession(session),
  });

  return {
    // The same booking by two users: what one has made must not be taken for what the other has sent.
    lockName: async () => {
      const { start_time, end_time, session_name = "", participants } = request;
      return JSON.stringify(["booking", start_time, end_time, session_name, rosterOf(participants)]);
    },
    async perform(begin) {
      await rights.demand(operation, { request });
      // What is there already must not be taken for this one later.
      const before = await lookAlikes();
      await begin(before?.map(({ session_id }) => session_id));
      const session = await createSession(client, request);
      await isOwn(session.session_id).catch(() => {});
      return shown(session);
    },
    async confirm(before) {
      if (!before) return undefined;
      // Somebody else's may have the same times and names.
      const maySee = (session: Session) => rights.demand("getSessionById", { session }).then(yes, no);
      const isNew = async (row: Session) =>
        !before.includes(row.session_id) && (await maySee(row)) && isOwn(row.session_id);
      const session = await first((await lookAlikes()) ?? [], isNew);
      return session && shown(session);
    },
    async reread(id) {
      const session = await getSession(client, id, undefined, once(ask));
      await rights.demand("getSessionById", { session });
      return people.shownSession(session);
    },
  };
}

function addition(ask: Ask): Write {
  const { operation, id, body, client, rights, people, isOwn } = ask;
  const request = checked(ParticipantCreationRequest, body);
  const lookAlikes = (rows: readonly Participant[]) => rows.filter((row) => hasFields(row, request));
  const peopleNow = async () => (await listParticipants(client, id, undefined, once(ask))).content;
  const shown = async (person: Participant): Promise<Done> => ({
    id: person.participant_id,
    body: await people.shown(person),
  });

  return {
    lockName: async () => id,
    async perform(begin) {
      const session = await getSession(client, id, undefined, once(ask));
      await rights.demand(operation, { session, request });
      const before = lookAlikes(session.participants ?? (await peopleNow()));
      await begin(before.map(({ participant_id }) => participant_id));
      const person = await addParticipant(client, id, request);
      await isOwn(person.participant_id).catch(() => {});
      return shown(person);
    },
    async confirm(before) {
      if (!before) return undefined;
      await rights.demand(operation, { session: await getSession(client, id, undefined, once(ask)), request });
      const isNew = async ({ participant_id }: Participant) =>
        !before.includes(participant_id) && isOwn(participant_id);
      const person = await first(lookAlikes(await peopleNow()), isNew);
      return person && shown(person);
    },
    reread: (made) => shownPerson(ask, made),
  };
}

function sessionEdit(ask: Ask): Write {
  const { operation, id, body, client, rights, people } = ask;
  const { request, unchanged } = editOf(SessionUpdateRequest, body);
  const isCancel = operation === "deleteSession";
  const sessionNow = () => getSession(client, id, undefined, once(ask));
  const shown = async (session: Session): Promise<Done> => ({
    id: session.session_id,
    body: await people.shownSession(session),
  });

  return {
    lockName: async () => id,
    async perform(begin) {
      const session = await sessionNow();
      await rights.demand(operation, { session, ...(!isCancel && { request }) });
      demandUnchanged(session, unchanged);
      await begin([]);
      if (isCancel) return cancelSession(client, id).then(unit);
      return shown(await updateSession(client, id, request));
    },
    async confirm() {
      if (isCancel) return sessionNow().then(() => undefined, isGone);
      const session = await sessionNow();
      await rights.demand("getSessionById", { session });
      return hasFields(session, request) ? shown(session) : undefined;
    },
    async reread() {
      const session = await sessionNow();
      await rights.demand("getSessionById", { session });
      return people.shownSession(session);
    },
  };
}

function personEdit(ask: Ask): Write {
  const { operation, body, client, rights, people } = ask;
  const { request, unchanged } = editOf(ParticipantUpdateRequest, body);
  const isRemoval = operation === "deleteSessionParticipant";
  const shown = async (person: Participant): Promise<Done> => ({
    id: person.participant_id,
    body: await people.shown(person),
  });

  return {
    lockName: async () => (await personOf(ask)).session.session_id,
    async perform(begin) {
      // Others may have had their turn in between.
      const { session, person } = await personOf(ask);
      await rights.demand(operation, { session, participant: person, ...(!isRemoval && { request }) });
      demandUnchanged(person, unchanged);
      await begin([]);
      if (isRemoval) return removeParticipant(client, person.participant_id).then(unit);
      return shown(await updateParticipant(client, person.participant_id, request));
    },
    async confirm() {
      if (isRemoval) {
        const isRemoved = (person: Participant) => (person.deleted_at ? unit() : undefined);
        return getParticipant(client, await idOf(ask), once(ask)).then(isRemoved, isGone);
      }
      const { person, session } = await personOf(ask);
      await rights.demand("getSessionParticipant", { session, participant: person });
      return hasFields(person, request) ? shown(person) : undefined;
    },
    reread: (id) => shownPerson(ask, id),
  };
}

/** A person by the service's id, for a user who may see them. @throws Refusal or CoviuError */
async function shownPerson(ask: Ask, id: string): Promise<object> {
  const { person, session } = await personById(ask, id);
  await ask.rights.demand("getSessionParticipant", { session, participant: person });
  return ask.people.shown(person);
}

/** A person as the service has them now, with the session that says who may see them. */
export async function personOf(ask: Ask): Promise<{ person: Participant; session: Session }> {
  return personById(ask, await idOf(ask));
}

async function personById(ask: Ask, id: string): Promise<{ person: Participant; session: Session }> {
  const person = await getParticipant(ask.client, id, once(ask));
  // Nobody can say whose somebody is who belongs to no session.
  if (!person.session_id) throw notThere();
  return { person, session: await getSession(ask.client, person.session_id, undefined, once(ask)) };
}

async function idOf({ people, id }: Ask): Promise<string> {
  const known = await people.idOf(id);
  if (known === undefined) throw notThere();
  return known;
}

function notThere(): Refusal {
  return new Refusal(404, "not_found", "There is no such session or person.");
}

/** For a cancel or a removal: what can't be found any more is what was wanted. */
function isGone(error: unknown): Done {
  if (CoviuError.is(error) && error.code === "not_found") return unit();
  throw error;
}

/** The answer to a cancel or a removal, without what the service may add to it. */
function unit(): Done {
  return { id: undefined, body: { ok: true } };
}

const yes = () => true;
const no = () => false;

/** The fields to be changed and what they were, as far as the browser says so. A cancel has neither. */
function editOf<Schema extends v.GenericSchema>(schema: Schema, body: object = {}) {
  const { if_unchanged: unchanged = {}, ...fields }: { if_unchanged?: unknown } = body;
  return { request: checked(schema, fields), unchanged: checked(schema, unchanged) };
}

function demandUnchanged(record: Session | Participant, fields: object): void {
  if (hasFields(record, fields)) return;
  throw new Refusal(409, "conflict", "Somebody else has changed it meanwhile.");
}

async function first<Row>(
  rows: readonly Row[],
  isIt: (row: Row) => false | Promise<boolean>,
): Promise<Row | undefined> {
  for (const row of rows) {
    // oxlint-disable-next-line no-await-in-loop -- each that is asked for is taken
    if (await isIt(row)) return row;
  }
  return undefined;
}

/** @throws Refusal with the names of what is wrong, as far as they are names of ours. */
export function checked<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value ?? {});
  // An empty list would pass for a record without fields.
  const isList = Array.isArray(value) || personsOf(value).some(Array.isArray);
  if (result.success && !isList) return result.output;
  const names = fieldsOf(result.issues ?? []).map((name) => (/^[a-z_]{1,40}$/.test(name) ? name : "?"));
  throw new Refusal(400, "invalid_input", `Not as it should be: ${names.join(", ") || "a list"}`);
}

function personsOf(value: unknown): unknown[] {
  const isBooking = typeof value === "object" && value !== null && "participants" in value;
  return isBooking && Array.isArray(value.participants) ? value.participants : [];
}

/** @throws Refusal */
function paramsOf(query: URLSearchParams): object {
  const params: Record<string, unknown> = {};
  for (const [name, text] of query) {
    if (name in params) throw new Refusal(400, "invalid_input", "A parameter is there twice.");
    params[name] = /^page(_size)?$/.test(name) ? Number(text) : name === "state" ? text : (flags.get(text) ?? text);
  }
  return params;
}

const flags = new Map([
  ["true", true],
  ["false", false],
]);
