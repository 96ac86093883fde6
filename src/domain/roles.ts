import type { Participant, Role } from "../api/schemas.ts";

export { maxNameLength } from "../api/requests.ts";

/** Returns the role of a person. A missing role, and a text that could imitate `HOST`, count as `GUEST`. */
export function participantRole({ role = "" }: Participant): Role {
  return /^[A-Z]\w{0,39}$/.test(role) ? role : "GUEST";
}

export function isHost(participant: Participant): boolean {
  return participantRole(participant) === "HOST";
}

/** Returns the people of a session, without removed ones. */
export function presentPeople(participants: readonly Participant[] | undefined): Participant[] {
  return participants?.filter((participant) => !participant.deleted_at) ?? [];
}

export function hosts(participants: readonly Participant[] | undefined): Participant[] {
  return presentPeople(participants).filter(isHost);
}

/** Returns the people with any other role than host, without removed ones. */
export function guests(participants: readonly Participant[] | undefined): Participant[] {
  return presentPeople(participants).filter((participant) => !isHost(participant));
}

/** Matches invisible characters. White space and the two joiners are not matched: some scripts and emoji need them. */
const unseen = /[^\P{C}\s\u200c\u200d]|\ufeff/gu;
/** Matches more than six marks on one letter. Only texts made to cover other text have so many. */
const stack = /([\p{M}\u200c\u200d]{6})[\p{M}\u200c\u200d]+/gu;
/** Matches the joiner after five joined emoji. A line can't break inside a chain. */
const chain = /((?:\u200d[^\u200d]{1,3}){4})\u200d/gu;
/** Number of characters that are processed. */
const processedLength = 5000;
/** Matches the start of a name, up to the maximum length of a booking, without splitting a character. */
const longestStart = /^[^]{256}(?:(?<=\u200d)[^]|[\p{M}\p{EMod}\u200d]){0,9}/u;

/**
 * Returns a name for the screen. Removes characters that change the direction of other text, hide it or pile up, and
 * shortens long names. Returns `undefined` if nothing of the name is visible.
 */
export function shownName(name: string | undefined): string | undefined {
  const cleaned = limitMarks(visible(name?.slice(0, processedLength) ?? ""))
    .replace(/\s+/g, " ")
    .trim();
  if (!/[^\s\p{DI}\u2800]/u.test(cleaned)) return undefined;
  const start = longestStart.exec(cleaned)?.[0] ?? cleaned;
  return start === cleaned ? cleaned : `${start}…`;
}

/** Removes characters that change the direction of other text, or hide it. White space stays. */
export function visible(text: string): string {
  return text.replace(unseen, "");
}

/** Puts a name in a sentence between Unicode isolates, so that its direction does not affect the sentence. */
export function isolated(name: string): string {
  return `\u2068${limitMarks(name)}\u2069`;
}

function limitMarks(text: string): string {
  return text.replace(stack, "$1").replace(chain, "$1");
}

/** Writes the code points of invisible characters: "Ana[U+202E] Lee". Returns `undefined` if there are none. */
export function spelledOut(text: string): string | undefined {
  const start = text.slice(0, processedLength);
  const spelled = start.replace(
    /[^\P{C}\u200c\u200d]|[\u034f\u115f\u1160\u2028\u2029\u2800\u3164\uffa0]/gu,
    (character) => `[U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}]`,
  );
  return spelled === start ? undefined : shownName(spelled);
}
