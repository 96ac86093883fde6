import type { ParticipantCreationRequest } from "../../api/requests.ts";
import type { Participant } from "../../api/schemas.ts";
import { changedFields } from "../../domain/edits.ts";
import { maxNameLength, participantRole, shownName } from "../../domain/roles.ts";

/** Texts in the fields of a person. */
export interface PersonDraft {
  name: string;
  role: string;
  state: string;
  picture: string;
}

/** Field of a person. */
export type PersonField = keyof PersonDraft;

/** Problem of a field. `long`: too many characters. `picture`: not an HTTPS address. */
export type PersonProblem = "empty" | "long" | "picture";
/** Problems by field. */
export type PersonProblems = Partial<Record<PersonField, PersonProblem>>;

/** Field of the API for each field of the form, in the order of the form. */
const apiFields = { name: "display_name", role: "role", state: "state", picture: "picture" } as const satisfies Record<
  PersonField,
  keyof ParticipantCreationRequest
>;

export const personFields: readonly PersonField[] = Object.keys(apiFields).filter((name) => isPersonField(name));

function isPersonField(name: string): name is PersonField {
  return name in apiFields;
}

/** Builds a draft, or other texts of the same fields, field by field. */
export function mapPersonFields(textOf: (field: PersonField) => string): PersonDraft {
  return { name: textOf("name"), role: textOf("role"), state: textOf("state"), picture: textOf("picture") };
}

/** Initial texts of the form: those of the person, or of a new guest. */
export function personDraft(person?: Participant): PersonDraft {
  const role = person ? participantRole(person) : "GUEST";
  return { ...mapPersonFields((field) => person?.[apiFields[field]] ?? ""), role };
}

/** Request for a person. A new person has every filled field, an existing one only the changed fields. */
export function personRequest(draft: PersonDraft, person?: Participant): ParticipantCreationRequest {
  const before = personDraft(person);
  const request: ParticipantCreationRequest = {};
  for (const field of changed(draft, before)) request[apiFields[field]] = draft[field].trim();
  return person ? request : { role: draft.role, ...request };
}

/** Problems in the changed fields. An unchanged field is not checked: another program may have stored it. */
export function personProblems(draft: PersonDraft, person?: Participant): PersonProblems {
  const problems: PersonProblems = {};
  const typed = changed(draft, personDraft(person));
  if (!shownName(draft.name) && (!person || typed.includes("name"))) problems.name = "empty";
  for (const field of typed) {
    const value = draft[field].trim();
    if (value.length > maxLengthOf(field)) problems[field] = "long";
    else if (field === "picture" && value && !webPicture.test(value)) problems.picture = "picture";
  }
  return problems;
}

/** Texts without blanks at both ends, as they are sent. */
export function trimmed(draft: PersonDraft): PersonDraft {
  return mapPersonFields((field) => draft[field].trim());
}

/** Maximum number of characters in a field. */
export function maxLengthOf(field: PersonField): number {
  return field === "picture" ? 2048 : maxNameLength;
}

const webPicture = /^https:\/\/[^\s/\\?#]+\.[^\s\\]+$/i;

function changed(draft: PersonDraft, before: PersonDraft): PersonField[] {
  return changedFields(personFields, trimmed(before), trimmed(draft));
}
