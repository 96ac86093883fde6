import type { UnitResponse } from "../api/answers.ts";
import type { CoviuClient, Operation } from "../api/client.ts";
import { CoviuError } from "../api/errors.ts";
import { within } from "../api/within.ts";

/**
 * How far a write has got that is not settled yet: `unknown` is one whose answer never came and of which looking found
 * nothing. It may have happened, or may still.
 */
export type WritePhase = "sending" | "checking" | "unknown";

/** A write that is neither done nor refused. It belongs to the client and outlives the form it came from. */
export interface Write {
  operation: Operation;
  /** What the mutation was called with, to know it by. */
  variables: unknown;
  /** Milliseconds since 1970, by this computer's clock. */
  startedAt: number;
  phase: WritePhase;
}

export interface Writes {
  /** The same array until something changes. */
  list: () => readonly Write[];
  subscribe: (notify: () => void) => () => void;
  /** Somebody has looked: it is no longer open. */
  close: (variables: unknown) => void;
}

interface Log extends Writes {
  enter: (write: Write) => void;
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
    close: (variables) => set(others(variables)),
  };
  logs.set(client, log);
  return log;
}

/** Pauses before each look, in milliseconds: a server may still be at work on what it got. */
const looks = [0, 2000, 4000];
/** For all looks together, so that whoever waits is asked within 35 seconds. */
const longestSearch = 20_000;

/**
 * Sends a write once. Where its answer never comes, looks whether it has happened: what is found is the answer.
 *
 * @throws CoviuError with the outcome `unknown` if nothing was found. Then only a person can say whether to try again.
 */
export async function confirmed<Data>(
  client: CoviuClient,
  write: Pick<Write, "operation" | "variables">,
  send: () => Promise<Data>,
  look: (signal: AbortSignal) => Promise<Data | undefined>,
): Promise<Data> {
  const log = logOf(client);
  const entry = { ...write, startedAt: Date.now() };
  let open = false;
  log.enter({ ...entry, phase: "sending" });
  try {
    return await send();
  } catch (error) {
    if (!CoviuError.is(error) || error.outcome !== "unknown") throw error;
    log.enter({ ...entry, phase: "checking" });
    const found = await within(longestSearch, [], (signal) => search(client, look, signal)).catch(() => undefined);
    if (found !== undefined) return found;
    open = client.connection.state !== "ended";
    throw error;
  } finally {
    if (open) log.enter({ ...entry, phase: "unknown" });
    else log.close(write.variables);
  }
}

async function search<Data>(
  { connection }: CoviuClient,
  look: (signal: AbortSignal) => Promise<Data | undefined>,
  signal: AbortSignal,
): Promise<Data | undefined> {
  for (const pause of looks) {
    // oxlint-disable-next-line no-await-in-loop -- one look comes after the other
    await new Promise((resolve) => {
      setTimeout(resolve, pause);
    });
    if (connection.state === "ended") break;
    connection.resume();
    // oxlint-disable-next-line no-await-in-loop
    const found = await look(signal).catch(() => undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What can no longer be found has been canceled or removed: for whoever wanted just that it is done. */
export function gone(error: unknown): UnitResponse {
  if (CoviuError.is(error) && error.code === "not_found") return { ok: true };
  throw error;
}
