import {
  addParticipant,
  getParticipant,
  listParticipants,
  removeParticipant,
  updateParticipant,
} from "../../api/participants.ts";
import { ParticipantCreationRequest, ParticipantUpdateRequest } from "../../api/requests.ts";
import type { Participant } from "../../api/schemas.ts";
import { getSession } from "../../api/sessions.ts";
import { hasFields } from "../../domain/sameBooking.ts";
import type { WriteResult } from "../proxy/idempotentWrites.ts";
import {
  type OperationContext,
  readOptions,
  readTargetParticipant,
  readVisibleParticipant,
  targetParticipantId,
} from "./context.ts";
import { assertUnchanged, parseEdit, validate } from "./validation.ts";
import { findInSequence, okIfNotFound, okResult, type OperationWrite } from "./writeResults.ts";

/** Prepares `addSessionParticipant`. */
export function createParticipantAddition(context: OperationContext): OperationWrite {
  const { operation, id, body, client, authorization, isCreatedByThisWrite } = context;
  const request = validate(ParticipantCreationRequest, body);
  const findEqual = (rows: readonly Participant[]) => rows.filter((row) => hasFields(row, request));
  const readSession = () => getSession(client, id, undefined, readOptions(context));
  const readParticipants = async () => (await listParticipants(client, id, undefined, readOptions(context))).content;

  return {
    lockName: async () => id,
    async send(beforeSend) {
      const session = await readSession();
      await authorization.assertAllowed(operation, { session, request });
      const existing = findEqual(session.participants ?? (await readParticipants()));
      await beforeSend(existing.map(({ participant_id }) => participant_id));
      const participant = await addParticipant(client, id, request);
      await isCreatedByThisWrite(participant.participant_id).catch(() => {});
      return toResult(context, participant);
    },
    async confirm(existingIds) {
      if (!existingIds) return undefined;
      await authorization.assertAllowed(operation, { session: await readSession(), request });
      const isNew = async ({ participant_id }: Participant) =>
        !existingIds.includes(participant_id) && isCreatedByThisWrite(participant_id);
      const participant = await findInSequence(findEqual(await readParticipants()), isNew);
      return participant && toResult(context, participant);
    },
    reread: (participantId) => readVisibleParticipant(context, participantId),
  };
}

/** Prepares `updateSessionParticipant` or `deleteSessionParticipant`. */
export function createParticipantEdit(context: OperationContext): OperationWrite {
  const { operation, body, client, authorization } = context;
  const { request, unchanged } = parseEdit(ParticipantUpdateRequest, body);
  const isRemoval = operation === "deleteSessionParticipant";

  return {
    lockName: async () => (await readTargetParticipant(context)).session.session_id,
    async send(beforeSend) {
      // Read again: another write may have had the lock since `lockName`.
      const { session, participant } = await readTargetParticipant(context);
      await authorization.assertAllowed(operation, { session, participant, ...(!isRemoval && { request }) });
      assertUnchanged(participant, unchanged);
      await beforeSend([]);
      if (isRemoval) return removeParticipant(client, participant.participant_id).then(okResult);
      return toResult(context, await updateParticipant(client, participant.participant_id, request));
    },
    async confirm() {
      if (isRemoval) {
        const toRemoved = (participant: Participant) => (participant.deleted_at ? okResult() : undefined);
        const id = await targetParticipantId(context);
        return getParticipant(client, id, readOptions(context)).then(toRemoved, okIfNotFound);
      }
      const { participant, session } = await readTargetParticipant(context);
      await authorization.assertAllowed("getSessionParticipant", { session, participant });
      return hasFields(participant, request) ? toResult(context, participant) : undefined;
    },
    reread: (participantId) => readVisibleParticipant(context, participantId),
  };
}

async function toResult({ handles }: OperationContext, participant: Participant): Promise<WriteResult> {
  return { id: participant.participant_id, body: await handles.toBrowserParticipant(participant) };
}
