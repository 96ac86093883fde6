import type { UnitResponse } from "../api/answers.ts";
import type { CoviuClient, Operation } from "../api/client.ts";
import { CoviuError } from "../api/errors.ts";
import { within } from "../api/within.ts";

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
  /** Looks once more, and tells whether it has happened. */
  check: () => Promise<boolean>;
}

export interface Writes {
  /** The same array until something changes. */
  list: () => readonly Write[];
  subscribe: (notify: () => void) => () => void;
  /** Somebody has seen how it stands: it comes back only if it turns up after all. */
  close: (variables: unknown) => void;
}

interface Log extends Writes {
  enter: (write: Write) => void;
  /** Changes what is still listed. */
  mark: (variables: unknown, news: Partial<Write>) => void;
  /** Ids of what has been answered or found: nothing is found twice. */
  taken: Set<string>;
  /** Looks that nobody waits for. */
  later: Set<ReturnType<typeof setTimeout>>;
}

const logs = new WeakMap<CoviuClient, Log>();

/** The writes of a client that are not settled. */
export function writesOf(client: CoviuClient): Writes {
  return logOf(client);
}

function logOf(client: CoviuClient): Log {
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

/** Pauses before each look, in milliseconds: a server may still be at work on what it got. */
const looks = [0, 2000, 4000];
/** Whoever books anyway does not wait for the first booking: milliseconds after which it is looked for once more. */
const lateLooks = [15_000, 30_000];
/** From sending to asking a person, who has waited for a look or a read before: 35 seconds in all. */
const longest = 26_000;
const longestLook = 8000;

interface Sent<Data> extends Pick<Write, "operation" | "variables"> {
  send: () => Promise<Data>;
  /** What has come of it, if anything: more than one where it was done twice. `taken` are ids that others have. */
  look: (signal: AbortSignal, taken: ReadonlySet<string>) => Promise<readonly Data[]>;
  /** Brings the cache up to date; `late` says that nobody waits for the answer any more. Gives the id of what is new. */
  arrive: (data: Data, late: boolean) => string | undefined;
}

/**
 * Sends a write once. Where its answer never comes, looks whether it has happened: what is found is the answer.
 *
 * @throws CoviuError with the outcome `unknown` if nothing was found. Then only a person can say whether to try again.
 */
export async function confirmed<Data>(client: CoviuClient, sent: Sent<Data>): Promise<Data> {
  const { operation, variables, send, look, arrive } = sent;
  const log = logOf(client);
  const entry = { operation, variables, startedAt: Date.now(), looked: 0, check };
  const isEnded = () => client.connection.state === "ended";
  let found: Data | undefined;
  let looking: Promise<boolean> | undefined;
  let checking: Promise<boolean> | undefined;

  function take(data: Data, late: boolean): void {
    const id = arrive(data, late);
    if (id) log.taken.add(id);
  }

  async function search(signal: AbortSignal, late: boolean): Promise<boolean> {
    const [first, ...more] = await look(signal, log.taken);
    if (first === undefined || isEnded()) return false;
    found = first;
    take(first, late);
    for (const twin of more) take(twin, true);
    if (late) log.enter({ ...entry, phase: "found", data: first });
    return true;
  }

  function lookLate(): Promise<boolean> {
    looking ??= within(longestLook, [], (signal) => search(signal, true)).finally(() => {
      looking = undefined;
    });
    return looking;
  }

  function check(): Promise<boolean> {
    checking ??= checked().finally(() => {
      checking = undefined;
    });
    return checking;
  }

  async function checked(): Promise<boolean> {
    if (found !== undefined) return true;
    log.mark(variables, { phase: "checking" });
    client.connection.resume();
    const unseen = { phase: "unknown", looked: (entry.looked += 1) } as const;
    try {
      const seen = await lookLate();
      if (!seen) log.mark(variables, { ...unseen, error: undefined });
      return seen;
    } catch (error) {
      const late = new CoviuError({ code: "timeout", operation, outcome: "unknown" });
      log.mark(variables, { ...unseen, error: CoviuError.is(error) ? error : late });
      return false;
    }
  }

  // What is sent again takes the place of what could not be confirmed.
  const text = JSON.stringify(variables);
  for (const write of log.list()) {
    if (write.phase === "unknown" && write.operation === operation && JSON.stringify(write.variables) === text) {
      log.close(write.variables);
    }
  }
  log.enter({ ...entry, phase: "sending" });
  let open = false;
  try {
    const data = await send();
    take(data, false);
    return data;
  } catch (error) {
    if (!CoviuError.is(error) || error.outcome !== "unknown") throw error;
    log.enter({ ...entry, phase: "checking" });
    const left = Math.max(longestLook, entry.startedAt + longest - Date.now());
    await within(left, [], async (signal) => {
      for (const pause of looks) {
        // oxlint-disable-next-line no-await-in-loop -- one look comes after the other
        await new Promise((resolve) => {
          setTimeout(resolve, pause);
        });
        if (isEnded()) return;
        client.connection.resume();
        // oxlint-disable-next-line no-await-in-loop
        if (signal.aborted || (await search(signal, false).catch(() => false))) return;
      }
    }).catch(() => {});
    if (found !== undefined) return found;
    open = !isEnded();
    if (open && /^(create|add)/.test(operation)) {
      for (const time of lateLooks) {
        const timer = setTimeout(() => {
          log.later.delete(timer);
          if (found === undefined) lookLate().catch(() => {});
        }, time);
        log.later.add(timer);
      }
    }
    throw error;
  } finally {
    if (open) log.enter({ ...entry, phase: "unknown" });
    else log.close(variables);
  }
}

/** What can no longer be found has been canceled or removed: for whoever wanted just that it is done. */
export function gone(error: unknown): UnitResponse[] {
  if (CoviuError.is(error) && error.code === "not_found") return [{ ok: true }];
  throw error;
}

/** The same where it was refused for that: somebody else was faster. */
export function goneBefore(error: unknown): UnitResponse & { already: true } {
  gone(error);
  return { ok: true, already: true };
}
