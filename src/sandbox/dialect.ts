import type { StoredParticipant, StoredSession, WrittenTime } from "./store.ts";

/**
 * Form of the sandbox's responses. `spec` follows the published contract: a page of participants, times in ISO 8601.
 * `observed` follows the behaviour of real servers: an array of participants, times in the form in which they were sent,
 * and 401 for a canceled session.
 */
export type Dialect = "spec" | "observed";

const teamId = "6f1b1a80-52cf-4a8e-9c0e-1b7f0f2d9a11";
const clientId = "b6d0ad1c-0c52-4d5e-8f68-2f4f9a7b3c22";

export function sessionBody(session: StoredSession, dialect: Dialect, withDeleted: boolean): object {
  const { session_id, session_name, start, end, picture, feature_flags, canceled, participants } = session;
  const time = ({ at, text }: WrittenTime) => (dialect === "spec" ? at.toISOString() : text);
  return {
    session_id,
    team_id: teamId,
    client_id: clientId,
    ...(session_name !== undefined && { session_name }),
    start_time: time(start),
    end_time: time(end),
    ...(picture !== undefined && { picture }),
    feature_flags,
    ...(canceled && { canceled_time: canceled.toISOString() }),
    participants: presentParticipants(participants, withDeleted).map((person) => participantBody(session, person)),
  };
}

export function participantBody({ session_id }: StoredSession, participant: StoredParticipant): object {
  const { deleted_at, ...person } = participant;
  return {
    ...person,
    session_id,
    client_id: clientId,
    entry_url: entryUrl(person.participant_id),
    ...(deleted_at && { deleted_at: deleted_at.toISOString() }),
  };
}

/** The entry link is built from the id, as in the real API. */
export function entryUrl(participantId: string): string {
  return `https://coviu.com/session/${participantId}`;
}

export function presentParticipants(
  participants: readonly StoredParticipant[],
  withDeleted: boolean,
): StoredParticipant[] {
  return participants.filter((person) => withDeleted || !person.deleted_at);
}
