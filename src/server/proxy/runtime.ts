/**
 * Detects Node with its own `fetch`. Other runtimes (workers, edge functions) may isolate requests: a request must not
 * wait for, or resolve, a promise of another request.
 */
export function isNode(): boolean {
  const versions: unknown = Reflect.get(globalThis, "process")?.versions;
  const isUndici = typeof versions === "object" && versions !== null && "undici" in versions;
  return isUndici && !("WebSocketPair" in globalThis);
}
