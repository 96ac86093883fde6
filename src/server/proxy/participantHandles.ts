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

/** Whether a browser may read a field of a person. The id is replaced by a handle. */
const participantFields: Readonly<Record<keyof Participant, boolean>> = {
  participant_id: false,
  session_id: true,
  client_id: false,
  coviu_user_id: false,
  display_name: true,
  role: true,
  state: true,
  picture: true,
  entry_url: false,
  deleted_at: true,
};
/** Whether a browser may read a field of a session. Participants are converted one by one. */
const sessionFields: Readonly<Record<keyof Session, boolean>> = {
  session_id: true,
  team_id: false,
  client_id: false,
  session_name: true,
  start_time: true,
  end_time: true,
  canceled_time: true,
  picture: true,
  feature_flags: true,
  participants: false,
};

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
    return { ...pick(participant, participantFields), participant_id: handle };
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

/** The fields of a row that a browser may read. Fields that the contract does not name are left out. */
function pick<Row extends object>(row: Row, fields: Readonly<Record<string, boolean>>): Row {
  const shown = new Map(Object.entries(fields));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the fields that are left out are optional or replaced
  return Object.fromEntries(Object.entries(row).filter(([name]) => shown.get(name))) as Row;
}
