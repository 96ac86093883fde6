import { isSameText } from "./names.ts";

/** Returns the fields in which two states of a record differ. */
export function changedFields<State extends object, Field extends keyof State>(
  fields: readonly Field[],
  before: State,
  after: State,
): Field[] {
  return fields.filter((field) => !isEqual(before[field], after[field]));
}

/** Result of `threeWayMerge`. */
export interface Merge<Field> {
  /** Fields that both users have changed, to different values. */
  conflicts: Field[];
  /** Fields that only the other user has changed. */
  theirChanges: Field[];
}

/** Compares two edits of the same `original` field by field. Texts that `isSameText` considers equal are no conflict. */
export function threeWayMerge<State extends object, Field extends keyof State>(
  fields: readonly Field[],
  { original, mine, theirs }: { original: State; mine: State; theirs: State },
): Merge<Field> {
  const myChanges = changedFields(fields, original, mine);
  const theirChanges = changedFields(fields, original, theirs);
  const isAgreed = (field: Field) => isAlike(original[field], theirs[field]) || isAlike(mine[field], theirs[field]);
  return {
    conflicts: theirChanges.filter((field) => myChanges.includes(field) && !isAgreed(field)),
    theirChanges: theirChanges.filter((field) => !myChanges.includes(field)),
  };
}

/** Returns the values of a record for the fields of a request. A missing value becomes an empty text. */
export function storedFields<Request extends object>(request: Request, record: object): Request {
  const stored: Record<string, unknown> = { ...record };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same fields, all of them texts
  return Object.fromEntries(Object.keys(request).map((name) => [name, stored[name] ?? ""])) as Request;
}

/** Compares two values of a field: texts, or records of texts that are edited together, such as start and end. */
function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isAlike(a: unknown, b: unknown): boolean {
  return typeof a === "string" && typeof b === "string" ? isSameText(a, b) : isEqual(a, b);
}
