import { clientState } from "../api/clientState.ts";
import type { CoviuError } from "../api/errors.ts";
import type { Operation } from "../api/operations.ts";
import { createStore } from "../api/store.ts";

/**
 * State of a pending write. `unknown`: no response came, and no check found its result. It may have happened, or may
 * still happen. `confirmed`: a later check found its result.
 */
export type PendingWritePhase = "sending" | "checking" | "unknown" | "confirmed";

/** A write whose outcome is not known yet. It belongs to the client and outlives the form that sent it. */
export interface PendingWrite<Data = unknown, Variables = unknown> {
  /** Operation of the Session API. */
  operation: Operation;
  /** The variables of the mutation. The object itself identifies the write. */
  variables: Variables;
  /** Milliseconds since 1970, by the clock of this computer. */
  startedAt: number;
  /** State of the write. */
  phase: PendingWritePhase;
  /** Number of checks without a result since the outcome is `unknown`. */
  checkCount: number;
  /** Error of the last check, if it failed. */
  error?: CoviuError | undefined;
  /** Result of the write, once it is `confirmed`. */
  data?: Data | undefined;
  /** Checks once more whether the write happened. Resolves to `undefined` if the check failed; `error` then has the reason. */
  check: () => Promise<boolean | undefined>;
}

/** The pending writes of one client. */
export interface PendingWriteStore {
  /** The same array until something changes. */
  list: () => readonly PendingWrite[];
  subscribe: (notify: () => void) => () => void;
  /** Adds a write, or replaces the one with the same variables. */
  put: (write: PendingWrite) => void;
  /** Updates the write with these variables, if it is still listed. */
  update: (variables: unknown, changes: Partial<PendingWrite>) => void;
  /** Removes the write with these variables. It comes back only if a later check confirms it. */
  close: (variables: unknown) => void;
  /** Removes unknown writes with the same content: the write that is sent again takes their place. */
  closeRepeated: (operation: Operation, variables: unknown) => void;
  /** Ids of records that were the result of a write: no record is taken as the result of two writes. */
  claimedIds: Set<string>;
  /** Runs `check` after a delay in ms, unless the client ends before. */
  schedule: (check: () => void, delayMs: number) => void;
}

/** The pending writes of a client. They are dropped when the client ends. */
export const pendingWritesOf = clientState((_, ended): PendingWriteStore => {
  const { get: list, set, subscribe } = createStore<readonly PendingWrite[]>([]);
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const claimedIds = new Set<string>();
  const without = (variables: unknown) => list().filter((write) => write.variables !== variables);

  ended.addEventListener("abort", () => {
    timers.forEach(clearTimeout);
    timers.clear();
    claimedIds.clear();
    set([]);
  });

  return {
    list,
    subscribe,
    claimedIds,
    put: (write) => set([...without(write.variables), write]),
    update: (variables, changes) =>
      set(list().map((write) => (write.variables === variables ? { ...write, ...changes } : write))),
    close: (variables) => set(without(variables)),
    closeRepeated(operation, variables) {
      const text = JSON.stringify(variables);
      const isRepeated = (write: PendingWrite) =>
        write.phase === "unknown" && write.operation === operation && JSON.stringify(write.variables) === text;
      set(list().filter((write) => !isRepeated(write)));
    },
    schedule(check, delayMs) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        check();
      }, delayMs);
      timers.add(timer);
    },
  };
});
