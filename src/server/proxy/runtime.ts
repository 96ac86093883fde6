/**
 * Whether this is Node with its own fetch. Everywhere else (workers, edge functions) requests may be kept apart: what
 * belongs to one must not be waited for, or ended, by another one.
 */
export function isNode(): boolean {
  const versions: unknown = Reflect.get(globalThis, "process")?.versions;
  const isUndici = typeof versions === "object" && versions !== null && "undici" in versions;
  return isUndici && !("WebSocketPair" in globalThis);
}
