/** Name and role of a person in the texts. `role` is the name of the role in lower case. */
export interface PersonName {
  name: string;
  role: string;
}

export interface EntryLinkMessages {
  label: (person: PersonName) => string;
  /** Names of the roles. Other roles are shown with the server's name. */
  host: string;
  guest: string;
  unnamed: string;
  masked: string;
  maskedSpoken: string;
  show: (name: string) => string;
  copy: string;
  copyFor: (name: string) => string;
  copyHost: string;
  copyHostFor: (name: string) => string;
  copied: (person: PersonName) => string;
  /** Shown after the clipboard refused, while the link is hidden. */
  refused: string;
  /** Shown after the clipboard refused, when the link is shown in a field. */
  selected: string;
  /** Accessible name of the field that contains the link. */
  field: (name: string) => string;
  join: string;
  joinFor: (name: string) => string;
  joinFrom: (time: string) => string;
  missing: string;
  untrusted: string;
  ended: string;
  canceled: string;
  hostTitle: string;
  hostBody: (values: { name: string; guests: number }) => string;
  /** `names` is a list formatted for the locale. */
  hostOthers: (values: { names: string; guests: number }) => string;
  /** After three names, the last part of the list: "57 others". */
  others: (count: number) => string;
  goBack: string;
}

export const entryLinkMessages: EntryLinkMessages = {
  label: ({ name, role }) => `Entry link for ${name}, ${role}`,
  host: "host",
  guest: "guest",
  unnamed: "a person without a name",
  masked: "Entry link ••••••••",
  maskedSpoken: "Entry link, hidden",
  show: (name) => `Show link for ${name}`,
  copy: "Copy link",
  copyFor: (name) => `Copy link for ${name}`,
  copyHost: "Copy host link",
  copyHostFor: (name) => `Copy host link for ${name}`,
  copied: ({ name, role }) => `Link for ${name} (${role}) copied`,
  refused: "Your browser didn’t allow copying. Show the link to copy it by hand.",
  selected: "The link is selected: press Ctrl+C, or ⌘C on a Mac.",
  field: (name) => `Entry link for ${name}`,
  join: "Join",
  joinFor: (name) => `Join as ${name} (opens in a new tab)`,
  joinFrom: (time) => `You can join from ${time}, when the session starts.`,
  missing: "The service gave no entry link for this person. Refresh to ask again.",
  untrusted:
    "This link leads to an address that isn’t trusted here, so it can’t be shown, copied or opened. Tell whoever runs this site.",
  ended: "This session has ended. The link no longer works.",
  canceled: "This session was canceled. The link no longer works.",
  hostTitle: "Copy the host link?",
  hostBody: ({ name, guests }) =>
    `This link enters as ${name}, host: whoever has it can let people in and run the session.${
      guests === 0
        ? ""
        : ` There ${guests === 1 ? "is 1 guest" : `are ${guests} guests`} in it, so check where you paste.`
    }`,
  hostOthers: ({ names, guests }) =>
    `Looking for a guest’s link? ${names} ${guests === 1 ? "has" : "each have"} their own.`,
  others: (count) => `${count} ${count === 1 ? "other" : "others"}`,
  goBack: "Go back",
};
