import type { CoviuClient } from "../api/client.ts";
import { CoviuError } from "../api/errors.ts";
import { sleep, withTimeout } from "../api/withTimeout.ts";
import { checkDelaysMs } from "../domain/sameBooking.ts";
import { type PendingWrite, pendingWritesOf } from "./pendingWrites.ts";
import { type DataOf, type VariablesOf, writeEffects, type WriteName } from "./writeEffects.ts";

/** Delays of the checks that no user waits for, in ms. */
const lateCheckDelaysMs = [15_000, 30_000, 60_000, 120_000];
/** Time from sending to asking the user, in ms. With the refetch before a save, the user waits at most 35 s. */
const confirmTimeoutMs = 26_000;
const checkTimeoutMs = 8000;
/** Time to read what was there before the write, in ms. */
const readBeforeTimeoutMs = 3000;

interface ConfirmationOptions<Name extends WriteName> {
  client: CoviuClient;
  operation: Name;
  variables: VariablesOf<Name>;
  startedAt: number;
  /** Ids of the records that were there before the write, as far as the cache has them. */
  knownIds: Iterable<string>;
  /** Shows a record that no mutation returns, for example the second one of a duplicate. */
  applyLate: (data: DataOf<Name>) => void;
  /** Shows a record that may be the result of this write, or of an earlier one. */
  showCandidate: (data: DataOf<Name>) => void;
  /** Id of the record that the write created. */
  newIdOf: (data: DataOf<Name>) => string | undefined;
}

/** Finds out whether one write happened. Nothing here sends the write. */
export function createConfirmation<Name extends WriteName>(options: ConfirmationOptions<Name>) {
  const { client, operation, variables, startedAt, newIdOf, showCandidate, applyLate } = options;
  const { find, creation } = writeEffects[operation];
  const pending = pendingWritesOf(client);
  const knownIds = new Set(options.knownIds);
  /** A created record is distinguished from similar ones by the ids that were there before. */
  let knowsAllIds = !creation;
  let result: DataOf<Name> | undefined;
  let checkCount = 0;
  let lateSearch: Promise<boolean> | undefined;
  let runningCheck: Promise<boolean | undefined> | undefined;

  const isEnded = () => client.connection.state === "ended";
  const unknownOutcome = (code: "bad_response" | "timeout") => new CoviuError({ code, operation, outcome: "unknown" });

  const isNew = (id = "") => !knownIds.has(id) && !pending.claimedIds.has(id);

  /** Lists the write as pending, in this state. */
  function put(state: Pick<PendingWrite, "phase" | "data">): void {
    pending.put({ operation, variables, startedAt, checkCount, check, ...state });
  }

  function claim(data: DataOf<Name>): void {
    const id = newIdOf(data);
    if (id) pending.claimedIds.add(id);
  }

  /** Reads the records that can be the result of the write. */
  async function findResults(signal: AbortSignal): Promise<readonly DataOf<Name>[]> {
    if (!creation) {
      const data = await find?.(client, variables, { signal });
      return data === undefined ? [] : [data];
    }
    const { content, more } = await creation.listRecords(client, variables, { signal });
    const records = content.filter((record) => isNew(newIdOf(record)) && creation.isResult(record, variables));
    // None is there yet: one that appears later is the result of this write.
    if (records.length === 0 && !more) knowsAllIds = true;
    return records;
  }

  /** Gives the result of the write, `undefined` if it is not there. */
  async function search(signal: AbortSignal): Promise<DataOf<Name> | undefined> {
    const results = await findResults(signal);
    const [first] = results;
    if (first === undefined || isEnded()) return undefined;
    if (!knowsAllIds) {
      results.forEach(showCandidate);
      throw unknownOutcome("timeout");
    }
    result = first;
    claim(first);
    results.slice(1).forEach(applyLate);
    return first;
  }

  /** A search after the mutation has failed. Any number of callers share one. */
  function searchLate(): Promise<boolean> {
    lateSearch ??= withTimeout(checkTimeoutMs, [], async (signal) => {
      const data = await search(signal);
      if (data === undefined) return false;
      applyLate(data);
      put({ phase: "confirmed", data });
      return true;
    }).finally(() => {
      lateSearch = undefined;
    });
    return lateSearch;
  }

  async function runCheck(): Promise<boolean | undefined> {
    if (result !== undefined) return true;
    pending.update(variables, { phase: "checking" });
    client.connection.resume();
    checkCount += 1;
    let isFound: boolean | undefined;
    let error: CoviuError | undefined;
    try {
      isFound = await searchLate();
    } catch (reason) {
      error = CoviuError.is(reason) ? reason : unknownOutcome("timeout");
    }
    if (!isFound) pending.update(variables, { phase: "unknown", checkCount, error });
    return isFound;
  }

  /** The check of the pending write, which the user starts. */
  function check(): Promise<boolean | undefined> {
    runningCheck ??= runCheck().finally(() => {
      runningCheck = undefined;
    });
    return runningCheck;
  }

  return {
    put,

    /** Reads what is there before the write. The write is sent as well if this fails or takes too long. */
    async readBefore(): Promise<void> {
      if (!creation) return;
      await withTimeout(readBeforeTimeoutMs, [], async (signal) => {
        const { content, more } = await creation.listRecords(client, variables, { signal, retry: false });
        for (const data of content) {
          knownIds.add(newIdOf(data) ?? "");
          // It may be the result of an earlier write.
          if (creation.isResult(data, variables)) showCandidate(data);
        }
        knowsAllIds = !more;
      }).catch(() => {});
    },

    /**
     * Takes the response to the write as its result.
     *
     * @throws CoviuError if it is a record that was there before: a cache answered in place of the server.
     */
    accept(data: DataOf<Name>): void {
      const id = newIdOf(data);
      if (id && knownIds.has(id)) throw unknownOutcome("bad_response");
      claim(data);
    },

    /** Checks several times after a lost response, until the result is found or the time is over. */
    async confirm(): Promise<DataOf<Name> | undefined> {
      const timeoutMs = Math.max(checkTimeoutMs, startedAt + confirmTimeoutMs - Date.now());
      await withTimeout(timeoutMs, [], async (signal) => {
        for (const delayMs of checkDelaysMs) {
          // oxlint-disable-next-line no-await-in-loop -- one check after the other
          await sleep(delayMs, signal);
          if (signal.aborted || isEnded()) return;
          client.connection.resume();
          // oxlint-disable-next-line no-await-in-loop
          if ((await search(signal).catch(() => undefined)) !== undefined) return;
        }
      }).catch(() => {});
      return result;
    },

    /** Checks a creation again later: a user who books again does not wait for the first booking. */
    checkLater(): void {
      if (!creation) return;
      for (const delayMs of lateCheckDelaysMs) {
        pending.schedule(() => {
          if (result === undefined) searchLate().catch(() => {});
        }, delayMs);
      }
    },
  };
}
