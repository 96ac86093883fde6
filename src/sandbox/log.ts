import type { Operation } from "../api/operations.ts";

/** One request that reached the sandbox. Tokens are never in it. */
export interface SandboxLogEntry {
  operation: Operation | "token" | "unknown";
  method: string;
  path: string;
  query: Record<string, string>;
  body?: unknown;
  status: number;
  time: string;
}

export interface SandboxLog {
  /** The newest requests: at most 10,000, and at most 10 MB of bodies, paths and queries. */
  entries(): readonly SandboxLogEntry[];
  /** How many of them, without those for a token unless asked for. */
  count(filter?: Partial<Pick<SandboxLogEntry, "operation" | "method" | "status">>): number;
  clear(): void;
}

const maxEntries = 10_000;
const maxCharacters = 10_000_000;

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
