import type { ParticipantCreationRequest } from "../../api/requests.ts";
import type { Participant } from "../../api/schemas.ts";
import { changedFields } from "../../domain/edits.ts";
import { maxNameLength, participantRole, shownName } from "../../domain/roles.ts";

/** A person as they are typed. */
export interface PersonDraft {
  name: string;
  role: string;
  state: string;
  picture: string;
}

export type PersonProblem = "empty" | "long" | "picture";
export type PersonProblems = Partial<Record<keyof PersonDraft, PersonProblem>>;

export const personFields: readonly (keyof PersonDraft)[] = ["name", "role", "state", "picture"];

const fields = { name: "display_name", role: "role", state: "state", picture: "picture" } as const;

/** What the form starts with: a new guest, or a person as they are. */
export function personDraft(person?: Participant): PersonDraft {
  return {
    name: person?.display_name ?? "",
    role: person ? participantRole(person) : "GUEST",
    state: person?.state ?? "",
    picture: person?.picture ?? "",
  };
}

/** What has to be sent: every filled field of a new person, of a known one only what is different. */
export function personRequest(draft: PersonDraft, person?: Participant): ParticipantCreationRequest {
  const before = personDraft(person);
  const request: ParticipantCreationRequest = {};
  for (const field of changed(draft, before)) request[fields[field]] = draft[field].trim();
  return person ? request : { role: draft.role, ...request };
}

/** Only what was typed is judged: what another program has stored does not stand in the way of a new name. */
export function personProblems(draft: PersonDraft, person?: Participant): PersonProblems {
  const problems: PersonProblems = {};
  const typed = changed(draft, personDraft(person));
  if (!shownName(draft.name) && (!person || typed.includes("name"))) problems.name = "empty";
  for (const field of typed) {
    const value = draft[field].trim();
    if (value.length > longestOf(field)) problems[field] = "long";
    else if (field === "picture" && value && !webPicture.test(value)) problems.picture = "picture";
  }
  return problems;
}

/** As it is sent. */
export function trimmed({ name, role, state, picture }: PersonDraft): PersonDraft {
  return { name: name.trim(), role: role.trim(), state: state.trim(), picture: picture.trim() };
}

/** The most characters a field takes. */
export function longestOf(field: keyof PersonDraft): number {
  return field === "picture" ? 2048 : maxNameLength;
}

const webPicture = /^https:\/\/[^\s/\\?#]+\.[^\s\\]+$/i;

function changed(draft: PersonDraft, before: PersonDraft): (keyof PersonDraft)[] {
  return changedFields(personFields, trimmed(before), trimmed(draft));
}
