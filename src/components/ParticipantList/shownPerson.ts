import type { ParticipantListMessages } from "./messages.ts";
import type { PersonDraft } from "./person.ts";
import { roleLabel } from "./roleLabel.ts";

/** What the fields of a person are called. */
export function personLabels({ name, role, state, picture }: ParticipantListMessages): PersonDraft {
  return { name, role, state, picture };
}

/** The fields of a person as they are shown. */
export function shownPerson(person: PersonDraft, text: ParticipantListMessages): PersonDraft {
  return { ...person, role: roleLabel(person.role, text) };
}
