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

/** What a record holds in the fields that a request changes: an empty text where it has none. */
export function heldFields<Request extends object>(request: Request, record: object): Request {
  const held: Record<string, unknown> = { ...record };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same fields, all of them texts
  return Object.fromEntries(Object.keys(request).map((name) => [name, held[name] ?? ""])) as Request;
}
