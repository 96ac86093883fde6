import type * as v from "valibot";

import type { SessionPage } from "../../api/answers.ts";
import type { CoviuClient } from "../../api/client.ts";
import { CoviuError } from "../../api/errors.ts";
import { read as decoded } from "../../api/kinds.ts";
import { SessionParams } from "../../api/params.ts";
import {
  addParticipant,
  getParticipant,
  listParticipants,
  removeParticipant,
  updateParticipant,
} from "../../api/participants.ts";
import {
  ParticipantCreationRequest,
  ParticipantUpdateRequest,
  SessionCreationRequest,
  SessionUpdateRequest,
} from "../../api/requests.ts";
import type { Participant, Session } from "../../api/schemas.ts";
import { cancelSession, createSession, getSession, listSessions, updateSession } from "../../api/sessions.ts";
import { SessionsParams } from "../../api/sessionsParams.ts";
import { hasFields, isBookingOf, windowOf } from "../../domain/sameBooking.ts";
import type { People } from "./people.ts";
import { beforeSending, Refusal } from "./refusal.ts";
import type { ProxyOperation, Rights } from "./rights.ts";

/** What a request asks for, by whom, and what it takes to do it. */
export interface Ask {
  operation: ProxyOperation;
  /** Of the session or of the person, as this user knows it. */
  id: string;
  query: URLSearchParams;
  body: object | undefined;
  client: CoviuClient;
  rights: Rights;
  people: People;
  /** A page of what this user's lists hold. */
  list: (params: SessionsParams) => Promise<SessionPage>;
  /** One edit of a session after the other. */
  inTurn: <Value>(sessionId: string, work: () => Promise<Value>) => Promise<Value>;
  /** Whether this write, and no other, has made what has this id. */
  isOwn: (id: string) => Promise<boolean>;
}

/** A write that has been checked as far as it can be without asking the service. */
export interface Write {
  /** Sends it, at most once. @throws Refusal or CoviuError */
  perform: () => Promise<object>;
  /** Looks whether it has happened. */
  look: () => Promise<object | undefined>;
}

/** The browser repeats what it reads: one layer of repeats is enough. */
const once = { retry: false } as const;

/** Does what a read asks for. @throws Refusal or CoviuError */
export async function read(ask: Ask): Promise<object> {
  const { operation, client, rights, people, id, query } = ask;
  if (operation === "getSessionPage") {
    const params = checked(SessionsParams, paramsOf(query));
    await rights.demand(operation, { params });
    const page = await ask.list(params);
    return { ...page, content: await Promise.all(page.content.map(people.shownSession)) };
  }
  if (operation === "getSessionParticipant") {
    const { person, session } = await personOf(ask);
    await rights.demand(operation, { session, participant: person });
    return people.shown(person);
  }
  const params = checked(SessionParams, paramsOf(query));
  const session = await getSession(client, id, params, once);
  await rights.demand(operation, { session });
  if (operation === "getSessionById") return people.shownSession(session);
  // Field by field: what else the service adds may name people and links as well.
  const { content, more, page, page_size, page_count } = await listParticipants(client, id, params, once);
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

function creation({ operation, body, client, rights, people, isOwn }: Ask): Write {
  const request = checked(SessionCreationRequest, body);
  return {
    async perform() {
      await rights.demand(operation, { request }).catch(beforeSending);
      const session = await createSession(client, request);
      await isOwn(session.session_id).catch(() => {});
      return people.shownSession(session);
    },
    async look() {
      const { content } = await listSessions(client, windowOf(request), once);
      // Somebody else's may have the same times and names.
      const maySee = (session: Session) => rights.demand("getSessionById", { session }).then(yes, no);
      const isIt = async (row: Session) => (await maySee(row)) && isOwn(row.session_id);
      const session = await first(content, (row) => isBookingOf(row, request) && isIt(row));
      return session && people.shownSession(session);
    },
  };
}

function addition({ operation, id, body, client, rights, people, inTurn, isOwn }: Ask): Write {
  const request = checked(ParticipantCreationRequest, body);
  /** Who was there before it was sent. */
  const before = new Set<string>();
  return {
    perform: () =>
      inTurn(id, async () => {
        const session = await getSession(client, id, undefined, once).catch(beforeSending);
        await rights.demand(operation, { session, request }).catch(beforeSending);
        for (const { participant_id } of session.participants ?? []) before.add(participant_id);
        const person = await addParticipant(client, id, request);
        await isOwn(person.participant_id).catch(() => {});
        return people.shown(person);
      }),
    async look() {
      await rights.demand(operation, { session: await getSession(client, id, undefined, once), request });
      const { content } = await listParticipants(client, id, undefined, once);
      const isNew = (row: Participant) => hasFields(row, request) && !before.has(row.participant_id);
      const person = await first(content, (row) => isNew(row) && isOwn(row.participant_id));
      return person && people.shown(person);
    },
  };
}

function sessionEdit({ operation, id, body, client, rights, people, inTurn }: Ask): Write {
  const { request, unchanged } = editOf(SessionUpdateRequest, body);
  const isCancel = operation === "deleteSession";
  return {
    perform: () =>
      inTurn(id, async () => {
        const session = await getSession(client, id, undefined, once).catch(beforeSending);
        await rights.demand(operation, { session, ...(!isCancel && { request }) }).catch(beforeSending);
        demandUnchanged(session, unchanged);
        if (isCancel) return cancelSession(client, id).then(unit);
        return people.shownSession(await updateSession(client, id, request));
      }),
    async look() {
      if (isCancel) return getSession(client, id, undefined, once).then(() => undefined, isGone);
      const session = await getSession(client, id, undefined, once);
      await rights.demand("getSessionById", { session });
      return hasFields(session, request) ? people.shownSession(session) : undefined;
    },
  };
}

function personEdit(ask: Ask): Write {
  const { operation, body, client, rights, people, inTurn } = ask;
  const { request, unchanged } = editOf(ParticipantUpdateRequest, body);
  const isRemoval = operation === "deleteSessionParticipant";
  return {
    async perform() {
      const { session: before, person: named } = await personOf(ask).catch(beforeSending);
      return inTurn(before.session_id, async () => {
        // Others may have had their turn in between.
        const { session, person } = await personOf(ask).catch(beforeSending);
        await rights
          .demand(operation, { session, participant: person, ...(!isRemoval && { request }) })
          .catch(beforeSending);
        demandUnchanged(person, unchanged);
        if (isRemoval) return removeParticipant(client, named.participant_id).then(unit);
        return people.shown(await updateParticipant(client, named.participant_id, request));
      });
    },
    async look() {
      if (isRemoval) {
        const isRemoved = (person: Participant) => (person.deleted_at ? unit() : undefined);
        return getParticipant(client, await idOf(ask), once).then(isRemoved, isGone);
      }
      const { person, session } = await personOf(ask);
      await rights.demand("getSessionParticipant", { session, participant: person });
      return hasFields(person, request) ? people.shown(person) : undefined;
    },
  };
}

/** A person as the service has them now, with the session that says who may see them. */
export async function personOf(ask: Ask): Promise<{ person: Participant; session: Session }> {
  const person = await getParticipant(ask.client, await idOf(ask), once);
  // Nobody can say whose somebody is who belongs to no session.
  if (!person.session_id) throw notThere();
  return { person, session: await getSession(ask.client, person.session_id, undefined, once) };
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
function isGone(error: unknown): object {
  if (CoviuError.is(error) && error.code === "not_found") return unit();
  throw error;
}

/** The answer to a cancel or a removal, without what the service may add to it. */
function unit(): { ok: true } {
  return { ok: true };
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
function checked<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const result = decoded(schema, value ?? {});
  // An empty list would pass for a record without fields.
  const isList = Array.isArray(value) || personsOf(value).some(Array.isArray);
  if (!result.issues && !isList) return result.value;
  const names = (result.issues ?? []).map(({ path: [{ key }] }) => (/^[a-z_]{1,40}$/.test(key) ? key : "?"));
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
