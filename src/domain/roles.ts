import type { Participant, Role } from "../api/schemas.ts";

export { maxNameLength } from "../api/requests.ts";

/** Gives the role of a person: guest without a role, or with one that is no plain word and could imitate `HOST`. */
export function participantRole({ role = "" }: Participant): Role {
  return /^[A-Z]\w{0,39}$/.test(role) ? role : "GUEST";
}

export function isHost(participant: Participant): boolean {
  return participantRole(participant) === "HOST";
}

/** Gives the people of a session, without removed ones. */
export function presentPeople(participants: readonly Participant[] | undefined): Participant[] {
  return participants?.filter((participant) => !participant.deleted_at) ?? [];
}

export function hosts(participants: readonly Participant[] | undefined): Participant[] {
  return presentPeople(participants).filter(isHost);
}

/** Gives the people who are not hosts, with any other role. */
export function guests(participants: readonly Participant[] | undefined): Participant[] {
  return presentPeople(participants).filter((participant) => !isHost(participant));
}

// Without white space and the two joiners, which scripts and emoji need.
const unseen = /[^\P{C}\s\u200c\u200d]|\ufeff/gu;
/** Maximum number of marks on a letter. Only a text that is made to cover its neighbours has more. */
const stack = /([\p{M}\u200c\u200d]{6})[\p{M}\u200c\u200d]+/gu;
/** Maximum number of joined emoji. A line can't break in a longer chain. */
const chain = /((?:\u200d[^\u200d]{1,3}){4})\u200d/gu;
/** Number of characters that are read. */
const readable = 5000;
/** Cuts a name at the maximum length of a booking, without splitting a character. */
const longestStart = /^[^]{256}(?:(?<=\u200d)[^]|[\p{M}\p{EMod}\u200d]){0,9}/u;

/**
 * Gives a name as it is shown: without characters that change the direction of the text around it, hide it or pile up, and
 * not longer than a screen can show. `undefined` if nothing of it is visible.
 */
export function shownName(name: string | undefined): string | undefined {
  const plain = calm(visible(name?.slice(0, readable) ?? ""))
    .replace(/\s+/g, " ")
    .trim();
  if (!/[^\s\p{DI}\u2800]/u.test(plain)) return undefined;
  const start = longestStart.exec(plain)?.[0] ?? plain;
  return start === plain ? plain : `${start}…`;
}

/** Removes characters that change the direction of the text around them, or hide it. White space stays. */
export function visible(text: string): string {
  return text.replace(unseen, "");
}

/** Marks a name in a sentence of the kit with Unicode isolates, so that the screen can separate them. */
export function isolated(words: string): string {
  return `\u2068${calm(words)}\u2069`;
}

function calm(text: string): string {
  return text.replace(stack, "$1").replace(chain, "$1");
}

/** Spells out the invisible characters of a text: "Ana[U+202E] Lee". `undefined` if there are none. */
export function spelledOut(text: string): string | undefined {
  const start = text.slice(0, readable);
  const spelled = start.replace(
    /[^\P{C}\u200c\u200d]|[\u034f\u115f\u1160\u2028\u2029\u2800\u3164\uffa0]/gu,
    (hidden) => `[U+${hidden.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}]`,
  );
  return spelled === start ? undefined : shownName(spelled);
}
