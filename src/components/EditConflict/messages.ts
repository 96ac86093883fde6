/** Both values of a field, formatted. */
export interface FieldChange {
  /** Label of the field. */
  label: string;
  mine: string;
  theirs: string;
}

/** Texts for edits by another user while a form is open. */
export interface EditConflictMessages {
  /** Names the fields that only the other user has changed. */
  theirChanges: (changes: readonly FieldChange[]) => string;

  /** Title of the notice about fields that both have changed. */
  title: string;
  body: string;
  mine: string;
  theirs: string;
  original: string;
  keepMine: string;
  keepMineFor: (label: string) => string;
  takeTheirs: string;
  takeTheirsFor: (label: string) => string;
  /** Announcement after *Keep mine*. */
  keptMine: (label: string) => string;
  /** Announcement after *Take theirs*. */
  tookTheirs: (label: string) => string;
  /** Value of an empty field. */
  empty: string;

  overwrittenTitle: string;
  overwritten: (change: FieldChange) => string;
}

export const editConflictMessages: EditConflictMessages = {
  theirChanges: (changes) =>
    `Someone else has changed this meanwhile. ${changes.map(({ label, theirs }) => `${label}: now ${theirs}.`).join(" ")}`,

  title: "Someone else changed the same thing",
  body: "Choose what should stand, then save again. Nothing has been sent.",
  mine: "Yours",
  theirs: "Theirs",
  original: "Before",
  keepMine: "Keep mine",
  keepMineFor: (label) => `Keep mine: ${label}`,
  takeTheirs: "Take theirs",
  takeTheirsFor: (label) => `Take theirs: ${label}`,
  keptMine: (label) => `${label}: yours stays. Save to send it.`,
  tookTheirs: (label) => `${label}: theirs stays.`,
  empty: "nothing",

  overwrittenTitle: "Someone else has changed this after you",
  overwritten: ({ label, mine, theirs }) => `${label} is now ${theirs}. You saved ${mine}.`,
};
