/** Describes the kind of a value for an error message. The value itself may be secret. */
export function describeKind(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (value === "") return "an empty string";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/**
 * Reads the return value of a rule. Only `true` allows; `false`, `undefined` and `null` deny.
 *
 * @throws TypeError for every other value.
 */
export function toDecision(name: string, value: unknown): boolean {
  if (value === true) return true;
  if (value === false || value === undefined || value === null) return false;
  throw new TypeError(
    `${name} returned ${describeKind(value)}. Return true or false, or a promise of one: only true allows.`,
  );
}
