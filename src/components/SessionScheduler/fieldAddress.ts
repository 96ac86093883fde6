import type { PersonField } from "../person/personDraft.ts";

/** Names of the fields of the form. `…-which` is the choice between two readings of a time. */
export type FieldName = PersonField | "date" | "start" | "start-which" | "end" | "end-which";

/** Address of a field: of the session, or of a person if there is a `rowKey`. */
export interface FieldAddress {
  field: FieldName;
  rowKey?: number;
}

/** Returns the DOM id of a field in the form with this id. */
export function fieldId(formId: string, { field, rowKey }: FieldAddress): string {
  return rowKey === undefined ? `${formId}-${field}` : `${formId}-person-${rowKey}-${field}`;
}

export function isSameField(a: FieldAddress, b: FieldAddress): boolean {
  return a.field === b.field && a.rowKey === b.rowKey;
}
