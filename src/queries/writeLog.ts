import type { CoviuClient } from "../api/client.ts";
import type { Write, Writes } from "./writes.ts";

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
