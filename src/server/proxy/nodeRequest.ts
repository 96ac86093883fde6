/** Parts of Node's own request, which some servers pass as `{ incoming }` beside the standard `Request`. */
export interface NodeRequest {
  /** Path as the browser sent it, even if a router of Express has removed its own part. */
  path: string | undefined;
  /** Body that other middleware has read, such as `express.json()`. */
  body: unknown;
}

/** Reads the second argument that `getRequestListener` of `@hono/node-server` passes. */
export function readNodeRequest(environment: unknown): NodeRequest {
  const incoming = readField(environment, "incoming");
  const original = readField(incoming, "originalUrl") ?? readField(incoming, "url");
  const path = typeof original === "string" && original.startsWith("/") ? original : undefined;
  return { path, body: readField(incoming, "body") };
}

function readField(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
