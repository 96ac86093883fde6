import { mapPersonFields, type PersonDraft } from "./personDraft.ts";
import { roleLabel } from "./roleLabel.ts";

/** Texts of the fields and roles of a person. */
export interface PersonTexts extends PersonDraft {
  host: string;
  guest: string;
}

/** Labels of the fields of a person. */
export function personLabels(text: PersonTexts): PersonDraft {
  return mapPersonFields((field) => text[field]);
}

/** The fields of a person with the role in words. */
export function shownPerson(person: PersonDraft, text: PersonTexts): PersonDraft {
  return { ...person, role: roleLabel(person.role, text) };
}
