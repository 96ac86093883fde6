import { SessionCreationRequest, SessionUpdateRequest } from "../../api/requests.ts";
import type { Session } from "../../api/schemas.ts";
import { cancelSession, createSession, getSession, listSessions, updateSession } from "../../api/sessions.ts";
import { hasFields, isBookingOf, rosterOf, windowOf } from "../../domain/sameBooking.ts";
import type { WriteResult } from "../proxy/idempotentWrites.ts";
import { type OperationContext, readOptions } from "./context.ts";
import { assertUnchanged, parseEdit, validate } from "./validation.ts";
import { findInSequence, okIfNotFound, okResult, type OperationWrite } from "./writeResults.ts";

/** Pages of sessions that are searched for equal bookings. */
const maxPages = 5;

/** Prepares `createSession`. */
export function createSessionCreation(context: OperationContext): OperationWrite {
  const { operation, body, client, authorization, isCreatedByThisWrite } = context;
  const request = validate(SessionCreationRequest, body);

  /** Finds sessions with the same times, name and people; `undefined` if too many sessions are at that time. */
  async function findEqualSessions(): Promise<Session[] | undefined> {
    const rows: Session[] = [];
    for (let page = 0; page < maxPages; page += 1) {
      // oxlint-disable-next-line no-await-in-loop -- usually there is one page
      const { content, more } = await listSessions(client, { ...windowOf(request), page }, readOptions(context));
      rows.push(...content.filter((row) => isBookingOf(row, request)));
      if (!more) return rows;
    }
    return undefined;
  }

  return {
    // Two users may send the same booking. The lock keeps one result from being taken for the other.
    lockName: async () => {
      const { start_time, end_time, session_name = "", participants } = request;
      return JSON.stringify(["booking", start_time, end_time, session_name, rosterOf(participants)]);
    },
    async send(beforeSend) {
      await authorization.assertAllowed(operation, { request });
      // An equal session that exists already must not be taken for the new one later.
      const existing = await findEqualSessions();
      await beforeSend(existing?.map(({ session_id }) => session_id));
      const session = await createSession(client, request);
      await isCreatedByThisWrite(session.session_id).catch(() => {});
      return toResult(context, session);
    },
    async confirm(existingIds) {
      if (!existingIds) return undefined;
      // A session of another user may have the same times and names.
      const isVisible = (session: Session) =>
        authorization.assertAllowed("getSessionById", { session }).then(
          () => true,
          () => false,
        );
      const isNew = async (row: Session) =>
        !existingIds.includes(row.session_id) && (await isVisible(row)) && isCreatedByThisWrite(row.session_id);
      const session = await findInSequence((await findEqualSessions()) ?? [], isNew);
      return session && toResult(context, session);
    },
    reread: (id) => readVisibleSession(context, id),
  };
}

/** Prepares `updateSession` or `deleteSession`. */
export function createSessionEdit(context: OperationContext): OperationWrite {
  const { operation, id, body, client, authorization } = context;
  const { request, unchanged } = parseEdit(SessionUpdateRequest, body);
  const isCancel = operation === "deleteSession";
  const readCurrent = () => getSession(client, id, undefined, readOptions(context));

  return {
    lockName: async () => id,
    async send(beforeSend) {
      const session = await readCurrent();
      await authorization.assertAllowed(operation, { session, ...(!isCancel && { request }) });
      assertUnchanged(session, unchanged);
      await beforeSend([]);
      if (isCancel) return cancelSession(client, id).then(okResult);
      return toResult(context, await updateSession(client, id, request));
    },
    async confirm() {
      if (isCancel) return readCurrent().then(() => undefined, okIfNotFound);
      const session = await readCurrent();
      await authorization.assertAllowed("getSessionById", { session });
      return hasFields(session, request) ? toResult(context, session) : undefined;
    },
    reread: () => readVisibleSession(context, id),
  };
}

async function readVisibleSession(context: OperationContext, id: string): Promise<Session> {
  const session = await getSession(context.client, id, undefined, readOptions(context));
  await context.authorization.assertAllowed("getSessionById", { session });
  return context.handles.toBrowserSession(session);
}

async function toResult({ handles }: OperationContext, session: Session): Promise<WriteResult> {
  return { id: session.session_id, body: await handles.toBrowserSession(session) };
}
