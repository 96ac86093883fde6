import type { Participant, Role } from "../api/schemas.ts";

/** A person without a role is a guest. */
export function participantRole(participant: Participant): Role {
  return participant.role || "GUEST";
}

export function isHost(participant: Participant): boolean {
  return participantRole(participant) === "HOST";
}

/** The people of a session without those who have been removed. */
export function presentPeople(participants: readonly Participant[] | undefined): Participant[] {
  return participants?.filter((participant) => !participant.deleted_at) ?? [];
}

export function hosts(participants: readonly Participant[] | undefined): Participant[] {
  return presentPeople(participants).filter(isHost);
}

/** Everyone present who is not a host, whatever their role is called. */
export function guests(participants: readonly Participant[] | undefined): Participant[] {
  return presentPeople(participants).filter((participant) => !isHost(participant));
}

/**
 * A name as it is shown: without characters that turn the text around it or hide. `undefined` if nothing of it can be
 * seen.
 */
export function shownName(name: string | undefined): string | undefined {
  // The two joiners stay: scripts and emoji need them.
  const plain = name?.replace(/[^\P{C}\u200c\u200d]|[\u2028\u2029]/gu, "").trim();
  return plain && /[^\s\u200c\u200d]/.test(plain) ? plain : undefined;
}
