import type { Operation } from "../api/operations.ts";

/** One request that reached the sandbox. It never contains a token. */
export interface SandboxLogEntry {
  /** Operation of the Session API. `token` for a request of a token. */
  operation: Operation | "token" | "unknown";
  /** HTTP method. */
  method: string;
  /** Path without the query, for example `/v1/sessions`. */
  path: string;
  /** Parameters of the query. */
  query: Record<string, string>;
  /** Parsed body of a request with a valid token. */
  body?: unknown;
  /** HTTP status of the response. */
  status: number;
  /** Time of the response by the sandbox's clock, in ISO 8601, UTC. */
  time: string;
}

/** Log of the requests that reached the sandbox. */
export interface SandboxLog {
  /** Returns the newest requests: up to 10,000, and up to 10 MB of bodies, paths and queries. */
  entries(): readonly SandboxLogEntry[];
  /** Counts matching requests. Requests for a token count only with `operation: "token"`. */
  count(filter?: Partial<Pick<SandboxLogEntry, "operation" | "method" | "status">>): number;
  /** Removes all entries. */
  clear(): void;
}

const maxEntries = 10_000;
const maxCharacters = 10_000_000;

/** Creates the log. It drops the oldest entries when it is full. */
export function createLog(
  onEntry?: (entry: SandboxLogEntry) => void,
): SandboxLog & { add: (entry: SandboxLogEntry) => void } {
  const list: SandboxLogEntry[] = [];
  const sizes: number[] = [];
  let size = 0;
  return {
    entries: () => [...list],
    count: ({ operation, method, status } = {}) =>
      list.filter(
        (entry) =>
          (operation === undefined ? entry.operation !== "token" : entry.operation === operation) &&
          (method === undefined || entry.method === method) &&
          (status === undefined || entry.status === status),
      ).length,
    clear: () => {
      list.length = 0;
      sizes.length = 0;
      size = 0;
    },
    add: (entry) => {
      const { path, query, body } = entry;
      const added = path.length + JSON.stringify([query, body]).length;
      list.push(entry);
      sizes.push(added);
      size += added;
      while (list.length > maxEntries || (size > maxCharacters && list.length > 1)) {
        list.shift();
        size -= sizes.shift() ?? 0;
      }
      onEntry?.(entry);
    },
  };
}
