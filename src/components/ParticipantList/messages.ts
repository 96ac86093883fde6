import type { RuleReason } from "../../domain/lifecycle.ts";
import { unseenText } from "../person/unseenText.ts";

export interface ParticipantListMessages {
  title: string;
  loading: string;
  failed: string;
  empty: string;
  emptyHint: string;
  add: string;
  /** Why no person can be added, changed or removed. */
  locked: Record<Extract<RuleReason, "ended" | "canceled"> | "gone", string>;
  /** Follows the reason if something was typed. */
  typedStays: string;
  editFor: (name: string) => string;
  removeFor: (name: string) => string;
  removing: string;
  unnamed: string;
  /** Distinguishes people of the same name. `number` starts at 2. */
  sameName: (values: { name: string; number: number }) => string;
  hostHint: string;
  guestHint: string;
  added: (name: string) => string;
  saved: (name: string) => string;
  removed: (name: string) => string;
  alreadyRemoved: (name: string) => string;
  /** Shown after a save for each field that another user had changed. */
  changedBesides: (values: { label: string; value: string }) => string;

  addTitle: string;
  editTitle: (name: string) => string;
  name: string;
  role: string;
  host: string;
  guest: string;
  hostMeans: string;
  guestMeans: string;
  state: string;
  stateHint: string;
  picture: string;
  pictureHint: string;
  cancel: string;
  close: string;
  addSubmit: string;
  save: string;
  saving: string;
  /** `text` spells out invisible characters. */
  unseen: (text: string) => string;
  problems: { empty: string; long: (most: number) => string; picture: string };
  gone: (name: string) => { title: string; body: string };
  addAgain: string;
  checkFailed: string;
  discardTitle: string;
  discardBody: string;
  discard: string;
  keepEditing: string;

  removeTitle: (name: string) => string;
  removeBody: string;
  keepFor: (name: string) => string;

  history: string;
  historyCount: (count: number) => string;
  removedAt: (values: { day: string; time: string }) => string;
}

export const participantListMessages: ParticipantListMessages = {
  title: "People",
  loading: "Loading people",
  failed: "People could not be loaded",
  empty: "Nobody has been added yet",
  emptyHint: "Add a host and the guests. Each gets their own entry link.",
  add: "Add people",
  locked: {
    ended: "This session has ended. People and links can no longer change.",
    canceled: "This session was canceled. People and links can no longer change.",
    gone: "This session is no longer there. People and links can no longer change.",
  },
  typedStays: "What you typed is still here to copy.",
  editFor: (name) => `Edit ${name}`,
  removeFor: (name) => `Remove ${name}`,
  removing: "Removing…",
  unnamed: "Person without a name",
  sameName: ({ name, number }) => `${name} (${number})`,
  hostHint: "Enters directly",
  guestHint: "Waits until a host lets them in",
  added: (name) => `${name} added`,
  saved: (name) => `Changes to ${name} saved`,
  removed: (name) => `${name} removed`,
  alreadyRemoved: (name) => `${name} had already been removed`,
  changedBesides: ({ label, value }) => `Someone else had changed this as well. ${label}: now ${value || "nothing"}.`,

  addTitle: "Add a person",
  editTitle: (name) => `Edit ${name}`,
  name: "Name",
  role: "Role",
  host: "Host",
  guest: "Guest",
  hostMeans: "A host enters directly and can let people in.",
  guestMeans: "A guest waits until a host lets them in.",
  state: "Your reference",
  stateHint: "Optional. Text of your own, such as your id for this person.",
  picture: "Picture address",
  pictureHint: "Optional. Starts with https://",
  cancel: "Cancel",
  close: "Close",
  addSubmit: "Add person",
  save: "Save changes",
  saving: "Saving…",
  unseen: unseenText,
  problems: {
    empty: "Enter a name",
    long: (most) => `Use at most ${most} characters`,
    picture: "Enter a web address that starts with https://",
  },
  gone: (name) => ({
    title: `${name} has already been removed`,
    body: "Someone removed them in the meantime. What you typed is still here: you can add them again with it, and they get a new link.",
  }),
  addAgain: "Add again",
  checkFailed: "We couldn’t look for the person",
  discardTitle: "Discard what you typed?",
  discardBody: "Nothing has been saved yet.",
  discard: "Discard",
  keepEditing: "Keep editing",

  removeTitle: (name) => `Remove ${name}?`,
  removeBody: "Their link stops working and this can’t be undone.",
  keepFor: (name) => `Keep ${name}`,

  history: "History",
  historyCount: (count) =>
    `History: ${count === 0 ? "nobody was removed" : count === 1 ? "1 removed person" : `${count} removed people`}`,
  removedAt: ({ day, time }) => `Removed ${day}, ${time}`,
};
