/** The fields in which two states of one thing differ. */
export function changedFields<State extends object, Field extends keyof State>(
  fields: readonly Field[],
  before: State,
  after: State,
): Field[] {
  return fields.filter((field) => before[field] !== after[field]);
}

/** The fields that two people have changed from the same `original`, each to something else. */
export function conflictsIn<State extends object, Field extends keyof State>(
  fields: readonly Field[],
  { original, mine, theirs }: { original: State; mine: State; theirs: State },
): Field[] {
  const both = changedFields(fields, original, mine).filter((field) => original[field] !== theirs[field]);
  return changedFields(both, mine, theirs);
}
