import type { Participant, Role } from "../api/schemas.ts";

export { maxNameLength } from "../api/requests.ts";

/** A person without a role is a guest, and so is one whose role is no plain word: it could be made to look like `HOST`. */
export function participantRole({ role = "" }: Participant): Role {
  return /^[A-Z]\w{0,39}$/.test(role) ? role : "GUEST";
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

// Neither white space nor the two joiners, which scripts and emoji need, are in it.
const unseen = /[^\P{C}\s\u200c\u200d]|\ufeff/gu;
/** No script stacks more marks on a letter; texts made to cover their neighbours do. */
const stack = /([\p{M}\u200c\u200d]{6})[\p{M}\u200c\u200d]+/gu;
/** No sign is joined of more emoji; a line can't break in a longer chain. */
const chain = /((?:\u200d[^\u200d]{1,3}){4})\u200d/gu;
/** What comes later than that is not looked at. */
const readable = 5000;
/** As long as any name that can be booked, up to the end of the last character. */
const longest = /^[^]{256}(?:(?<=\u200d)[^]|[\p{M}\p{EMod}\u200d]){0,9}/u;

/**
 * A name as it is shown: without characters that turn the text around it, hide or pile up, and of a length that a
 * screen can hold. `undefined` if nothing of it can be seen.
 */
export function shownName(name: string | undefined): string | undefined {
  const plain = calm(visible(name?.slice(0, readable) ?? ""))
    .replace(/\s+/g, " ")
    .trim();
  if (!/[^\s\p{DI}\u2800]/u.test(plain)) return undefined;
  const start = longest.exec(plain)?.[0] ?? plain;
  return start === plain ? plain : `${start}…`;
}

/** A text without characters that turn or hide what is around them. White space stays as it is. */
export function visible(text: string): string {
  return text.replace(unseen, "");
}

/** Marks words of somebody else in a sentence of ours, so that the screen can tell them apart. */
export function isolated(words: string): string {
  return `\u2068${calm(words)}\u2069`;
}

function calm(text: string): string {
  return text.replace(stack, "$1").replace(chain, "$1");
}

/** A text with what can't be seen in it spelled out, "Ana[U+202E] Lee"; `undefined` if there is nothing of that kind. */
export function spelledOut(text: string): string | undefined {
  const start = text.slice(0, readable);
  const spelled = start.replace(
    /[^\P{C}\u200c\u200d]|[\u034f\u115f\u1160\u2028\u2029\u2800\u3164\uffa0]/gu,
    (hidden) => `[U+${hidden.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}]`,
  );
  return spelled === start ? undefined : shownName(spelled);
}
