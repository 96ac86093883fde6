import type { CoviuClient } from "../api/client.ts";
import type { Operation } from "../api/operations.ts";
import type { CoviuError } from "../api/errors.ts";

/**
 * How far a write has got that is not settled yet: `unknown` is one whose answer never came and of which looking found
 * nothing. It may have happened, or may still; once it turns up it is `found`.
 */
export type WritePhase = "sending" | "checking" | "unknown" | "found";

/** A write that is neither done nor refused. It belongs to the client and outlives the form it came from. */
export interface Write<Data = unknown, Variables = unknown> {
  operation: Operation;
  /** What the mutation was called with, to know it by. */
  variables: Variables;
  /** Milliseconds since 1970, by this computer's clock. */
  startedAt: number;
  phase: WritePhase;
  /** How often it was looked for in vain since it is `unknown`. */
  looked: number;
  /** Why the last look was none. */
  error?: CoviuError | undefined;
  /** The answer that was `found`. */
  data?: Data | undefined;
  /** Looks once more, and tells whether it has happened; `undefined` where it could not look, as `error` says. */
  check: () => Promise<boolean | undefined>;
}

export interface Writes {
  /** The same array until something changes. */
  list: () => readonly Write[];
  subscribe: (notify: () => void) => () => void;
  /** Somebody has seen how it stands: it comes back only if it turns up after all. */
  close: (variables: unknown) => void;
}

export interface Log extends Writes {
  enter: (write: Write) => void;
  /** Changes what is still listed. */
  mark: (variables: unknown, news: Partial<Write>) => void;
  /** Ids of what has been answered or found: nothing is found twice. */
  taken: Set<string>;
  /** Looks that nobody waits for. */
  later: Set<ReturnType<typeof setTimeout>>;
}

const logs = new WeakMap<CoviuClient, Log>();

/** The writes of a client whose outcome is not known yet. */
export function logOf(client: CoviuClient): Log {
  const known = logs.get(client);
  if (known) return known;
  let entries: readonly Write[] = [];
  const listeners = new Set<() => void>();
  function set(next: readonly Write[]): void {
    entries = next;
    for (const notify of listeners) notify();
  }
  const others = (variables: unknown) => entries.filter((write) => write.variables !== variables);
  const log: Log = {
    list: () => entries,
    subscribe(notify) {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
    enter: (write) => set([...others(write.variables), write]),
    mark: (variables, news) =>
      set(entries.map((write) => (write.variables === variables ? { ...write, ...news } : write))),
    close: (variables) => set(others(variables)),
    taken: new Set(),
    later: new Set(),
  };
  // Nothing of what was typed outlives the client.
  client.connection.subscribe(() => {
    if (client.connection.state !== "ended") return;
    log.taken.clear();
    log.later.forEach(clearTimeout);
    log.later.clear();
    set([]);
  });
  logs.set(client, log);
  return log;
}
