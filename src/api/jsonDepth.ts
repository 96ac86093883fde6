/** Arrays and objects in each other. The API's own answers have five. */
const maxDepth = 64;

/** Whether a parsed JSON value is nested deeper than any answer or request is. Deeper values overflow the stack of what reads them. */
export function isTooDeep(value: unknown, left = maxDepth): boolean {
  if (typeof value !== "object" || value === null) return false;
  return left === 0 || Object.values(value).some((item) => isTooDeep(item, left - 1));
}
