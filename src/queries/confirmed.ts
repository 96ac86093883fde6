import type { CoviuClient } from "../api/client.ts";
import { CoviuError } from "../api/errors.ts";
import { sleep, within } from "../api/within.ts";
import { logOf, type Write } from "./writes.ts";

/** Pauses before each look, in milliseconds: a server may still be at work on what it got. */
const looks = [0, 2000, 4000];
/** Whoever books anyway does not wait for the first booking: milliseconds after which it is looked for once more. */
const lateLooks = [15_000, 30_000];
/** From sending to asking a person, who has waited for a look or a read before: 35 seconds in all. */
const longest = 26_000;
const longestLook = 8000;
/** Longest time to find out what is there before a write, in ms. */
const prepareMs = 3000;

interface Sent<Data> extends Pick<Write, "operation" | "variables"> {
  /** Finds out what is there before it is sent. The write is sent as well if this fails or takes too long. */
  prepare?: ((signal: AbortSignal) => Promise<void>) | undefined;
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
  const { operation, variables, prepare, send, look, arrive } = sent;
  const log = logOf(client);
  const entry = { operation, variables, startedAt: Date.now(), looked: 0, check };
  const isEnded = () => client.connection.state === "ended";
  let found: Data | undefined;
  let looking: Promise<boolean> | undefined;
  let checking: Promise<boolean | undefined> | undefined;

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

  function check(): Promise<boolean | undefined> {
    checking ??= checked().finally(() => {
      checking = undefined;
    });
    return checking;
  }

  async function checked(): Promise<boolean | undefined> {
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
      return undefined;
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
    if (prepare) await within(prepareMs, [], prepare).catch(() => {});
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
        await sleep(pause, signal);
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
