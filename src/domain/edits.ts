import { isSameText } from "./names.ts";

/** The fields in which two states of one thing differ. */
export function changedFields<State extends object, Field extends keyof State>(
  fields: readonly Field[],
  before: State,
  after: State,
): Field[] {
  return fields.filter((field) => before[field] !== after[field]);
}

/**
 * The fields that two people have changed from the same `original`, each to something else. Two texts that `isSameText`
 * takes for one are no conflict.
 */
export function conflictsIn<State extends object, Field extends keyof State>(
  fields: readonly Field[],
  { original, mine, theirs }: { original: State; mine: State; theirs: State },
): Field[] {
  const differ = (a: unknown, b: unknown) =>
    typeof a === "string" && typeof b === "string" ? !isSameText(a, b) : a !== b;
  return changedFields(fields, original, mine).filter(
    (field) => differ(original[field], theirs[field]) && differ(mine[field], theirs[field]),
  );
}

/** What a record holds in the fields that a request changes: an empty text where it has none. */
export function heldFields<Request extends object>(request: Request, record: object): Request {
  const held: Record<string, unknown> = { ...record };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same fields, all of them texts
  return Object.fromEntries(Object.keys(request).map((name) => [name, held[name] ?? ""])) as Request;
}
