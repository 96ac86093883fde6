import type { Participant, Session } from "../../api/schemas.ts";
import type { ProxyUser } from "./authorization.ts";
import type { Encryption } from "./encryption.ts";

/**
 * Converts participants between the service and the browser. A handle stands in the browser for a `participant_id`:
 * the entry link of a person can be built from the id.
 */
export interface ParticipantHandles {
  /** Finds the service's id of a handle; `undefined` if the handle was not made for this user. */
  participantIdOf: (handle: string) => Promise<string | undefined>;
  toBrowserParticipant: (participant: Participant) => Promise<Participant>;
  toBrowserSession: (session: Session) => Promise<Session>;
}

const participantFields = ["session_id", "display_name", "role", "state", "picture", "deleted_at"] as const;
const sessionFields = [
  "session_id",
  "session_name",
  "start_time",
  "end_time",
  "canceled_time",
  "picture",
  "feature_flags",
] as const;

/** Passes participants on unchanged, with ids and entry links (`entryUrls: "with-participants"`). */
export const unchangedParticipants: ParticipantHandles = {
  participantIdOf: async (id) => id,
  toBrowserParticipant: async (participant) => participant,
  toBrowserSession: async (session) => session,
};

/**
 * Replaces each id by an encrypted handle, and removes entry links and all fields that the contract does not name
 * (`entryUrls: "on-demand"`). A handle is valid for one user only, and the same in every response.
 */
export function encryptedHandles(encryption: Encryption, { id, tenant = "" }: ProxyUser): ParticipantHandles {
  const context = JSON.stringify(["person", tenant, id]);

  async function toBrowserParticipant(participant: Participant): Promise<Participant> {
    const handle = await encryption.encryptDeterministically(context, participant.participant_id);
    return { participant_id: handle, ...pick(participant, participantFields) };
  }

  return {
    participantIdOf: (handle) => encryption.decryptDeterministic(context, handle),
    toBrowserParticipant,
    async toBrowserSession(session) {
      const participants = session.participants && (await Promise.all(session.participants.map(toBrowserParticipant)));
      return { ...pick(session, sessionFields), ...(participants && { participants }) };
    },
  };
}

function pick<Row extends object, Name extends keyof Row>(row: Row, names: readonly Name[]): Pick<Row, Name> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of the same fields
  return Object.fromEntries(names.flatMap((name) => (name in row ? [[name, row[name]]] : []))) as Pick<Row, Name>;
}
