import type { CoviuClient } from "../../api/client.ts";
import type { RequestOptions } from "../../api/clientOptions.ts";
import { getParticipant } from "../../api/participants.ts";
import type { ListSessionsParams } from "../../api/requests.ts";
import type { Participant, Session, SessionPage } from "../../api/schemas.ts";
import { getSession } from "../../api/sessions.ts";
import { type Authorization, notFound, type ProxyOperation } from "../proxy/authorization.ts";
import type { ParticipantHandles } from "../proxy/participantHandles.ts";

/** A request of a signed-in user, with everything that its operation needs. */
export interface OperationContext {
  operation: ProxyOperation;
  /** Id of the session, or handle of the person, in the path. */
  id: string;
  query: URLSearchParams;
  body: object | undefined;
  client: CoviuClient;
  /** Aborts reads at the time limit of the request. */
  signal: AbortSignal;
  authorization: Authorization;
  handles: ParticipantHandles;
  /** Reads a page of the sessions that the user may see. */
  listPage: (params: ListSessionsParams) => Promise<SessionPage>;
  /** Whether this write created the session or person. The first write to ask owns the id. */
  isCreatedByThisWrite: (id: string) => Promise<boolean>;
}

/** Options of a read of the service. The browser retries what it reads, so the proxy does not. */
export function readOptions({ signal }: OperationContext): RequestOptions {
  return { retry: false, signal };
}

/** A person with the session that decides who may see them. */
export interface ParticipantRecord {
  participant: Participant;
  session: Session;
}

/** Reads the person of the path. @throws ProxyError or CoviuError */
export async function readTargetParticipant(context: OperationContext): Promise<ParticipantRecord> {
  return readParticipant(context, await targetParticipantId(context));
}

/** @throws ProxyError 404 if the handle was not made for this user. */
export async function targetParticipantId({ handles, id }: OperationContext): Promise<string> {
  const participantId = await handles.participantIdOf(id);
  if (participantId === undefined) throw notFound();
  return participantId;
}

/** Reads a person by the service's id, for a user who may see them. @throws ProxyError or CoviuError */
export async function readVisibleParticipant(context: OperationContext, id: string): Promise<object> {
  const { participant, session } = await readParticipant(context, id);
  await context.authorization.assertAllowed("getSessionParticipant", { session, participant });
  return context.handles.toBrowserParticipant(participant);
}

async function readParticipant(context: OperationContext, id: string): Promise<ParticipantRecord> {
  const participant = await getParticipant(context.client, id, readOptions(context));
  // Without a session, no rule can decide who may see this person.
  if (!participant.session_id) throw notFound();
  const session = await getSession(context.client, participant.session_id, undefined, readOptions(context));
  return { participant, session };
}
