import type { ParticipantCreationRequest } from "../api/requests.ts";
import { createRandom, uuidFrom } from "./ids.ts";

/** A time, and the text in which it was sent. The dialect `observed` responds with that text. */
export interface WrittenTime {
  at: Date;
  text: string;
}

export interface StoredParticipant extends ParticipantCreationRequest {
  participant_id: string;
  role: string;
  coviu_user_id?: string | undefined;
  deleted_at?: Date | undefined;
}

export interface StoredSession {
  session_id: string;
  session_name?: string | undefined;
  start: WrittenTime;
  end: WrittenTime;
  picture?: string | undefined;
  feature_flags: string[];
  canceled?: Date | undefined;
  participants: StoredParticipant[];
}

export type NewParticipant = Omit<StoredParticipant, "participant_id">;
export type NewSession = Omit<StoredSession, "session_id" | "participants"> & { participants: NewParticipant[] };

export interface Store {
  /** Returns all sessions in the order of creation. */
  sessions(): readonly StoredSession[];
  session(sessionId: string): StoredSession | undefined;
  participant(participantId: string): { session: StoredSession; participant: StoredParticipant } | undefined;
  addSession(session: NewSession): StoredSession;
  addParticipant(session: StoredSession, participant: NewParticipant): StoredParticipant;
  clear(): void;
}

/** Creates the sandbox's data in memory. The same sequence of calls creates the same ids. */
export function createStore(): Store {
  let random = createRandom(1);
  const sessions = new Map<string, StoredSession>();

  function addParticipant(session: StoredSession, participant: NewParticipant): StoredParticipant {
    const stored = { ...participant, participant_id: uuidFrom(random) };
    session.participants.push(stored);
    return stored;
  }

  return {
    sessions: () => [...sessions.values()],
    session: (sessionId) => sessions.get(sessionId),
    participant(participantId) {
      for (const session of sessions.values()) {
        const participant = session.participants.find((person) => person.participant_id === participantId);
        if (participant) return { session, participant };
      }
      return undefined;
    },
    addSession({ participants, ...session }) {
      const stored: StoredSession = { ...session, session_id: uuidFrom(random), participants: [] };
      sessions.set(stored.session_id, stored);
      for (const participant of participants) addParticipant(stored, participant);
      return stored;
    },
    addParticipant,
    clear() {
      sessions.clear();
      random = createRandom(1);
    },
  };
}
