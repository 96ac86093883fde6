import type { Operation } from "../api/client.ts";

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
  entries(): readonly SandboxLogEntry[];
  /** How many, without those for a token unless asked for. */
  count(filter?: Partial<Pick<SandboxLogEntry, "operation" | "method" | "status">>): number;
  clear(): void;
}

export function createLog(
  onEntry?: (entry: SandboxLogEntry) => void,
): SandboxLog & { add: (entry: SandboxLogEntry) => void } {
  const list: SandboxLogEntry[] = [];
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
    },
    add: (entry) => {
      list.push(entry);
      onEntry?.(entry);
    },
  };
}
