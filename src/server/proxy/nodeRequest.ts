/** The parts of Node's own request that some servers hand on as `{ incoming }` beside the standard one. */
export interface NodeRequest {
  /** The path as the browser sent it; in Express also where a router has taken its own part away. */
  path: string | undefined;
  /** What other middleware has read, such as `express.json()`. */
  body: unknown;
}

/** Reads what `getRequestListener` of `@hono/node-server` gives as the second argument. */
export function nodeRequestOf(environment: unknown): NodeRequest {
  const incoming = field(environment, "incoming");
  const original = field(incoming, "originalUrl") ?? field(incoming, "url");
  const path = typeof original === "string" && original.startsWith("/") ? original : undefined;
  return { path, body: field(incoming, "body") };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
