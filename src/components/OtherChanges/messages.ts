/** What became of a field, as it is to be shown. */
export interface FieldChange {
  /** What the field is called. */
  label: string;
  mine: string;
  theirs: string;
}

/** Texts for what someone else changes while a form is open. */
export interface OtherChangesMessages {
  /** Fields that only the other one has changed. */
  others: (changes: readonly FieldChange[]) => string;

  /** A field that both have changed. */
  title: string;
  body: string;
  mine: string;
  theirs: string;
  original: string;
  keepMine: string;
  keepMineFor: (label: string) => string;
  takeTheirs: string;
  takeTheirsFor: (label: string) => string;
  kept: (label: string) => string;
  taken: (label: string) => string;
  /** A field without a value. */
  empty: string;

  overwrittenTitle: string;
  overwritten: (change: FieldChange) => string;
}

export const otherChangesMessages: OtherChangesMessages = {
  others: (changes) =>
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
  kept: (label) => `${label}: yours stays. Save to send it.`,
  taken: (label) => `${label}: theirs stays.`,
  empty: "nothing",

  overwrittenTitle: "Someone else has changed this after you",
  overwritten: ({ label, mine, theirs }) => `${label} is now ${theirs}. You saved ${mine}.`,
};
