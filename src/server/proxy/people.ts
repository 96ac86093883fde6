import type { Participant, Session } from "../../api/schemas.ts";
import type { ProxyUser } from "./rights.ts";
import type { Seal } from "./seal.ts";

/** How people and their entry links leave the proxy, and how they come back. */
export interface People {
  /** The service's id; `undefined` for what is nobody this user has seen. */
  idOf: (id: string) => Promise<string | undefined>;
  shown: (person: Participant) => Promise<Participant>;
  shownSession: (session: Session) => Promise<Session>;
}

const personFields = ["session_id", "display_name", "role", "state", "picture", "deleted_at"] as const;
const sessionFields = [
  "session_id",
  "session_name",
  "start_time",
  "end_time",
  "canceled_time",
  "picture",
  "feature_flags",
] as const;

/** As the service has them: every person with an id and a link. */
export const asTheyAre: People = {
  idOf: async (id) => id,
  shown: async (person) => person,
  shownSession: async (session) => session,
};

/**
 * With a handle in the place of each id, without links, and without fields that the contract does not name: whoever
 * knows an id can rebuild the link. A handle is this user's only, and always the same.
 */
export function withoutLinks(seal: Seal, { id, tenant = "" }: ProxyUser): People {
  const purpose = JSON.stringify(["person", tenant, id]);

  async function shown(person: Participant): Promise<Participant> {
    return { participant_id: await seal.close(purpose, person.participant_id), ...picked(person, personFields) };
  }

  return {
    idOf: (handle) => seal.open(purpose, handle),
    shown,
    async shownSession(session) {
      const people = session.participants && (await Promise.all(session.participants.map(shown)));
      return { ...picked(session, sessionFields), ...(people && { participants: people }) };
    },
  };
}

function picked<Row extends object, Name extends keyof Row>(row: Row, names: readonly Name[]): Pick<Row, Name> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of the same fields
  return Object.fromEntries(names.flatMap((name) => (name in row ? [[name, row[name]]] : []))) as Pick<Row, Name>;
}
