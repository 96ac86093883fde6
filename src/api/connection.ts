import { CoviuError, type CoviuErrorCode, notSent } from "./errors.ts";
import { createStore } from "./store.ts";

/**
 * State of the connection to the service. `down`: several requests in a row have failed, and reads wait until one succeeds.
 * `signed-out`: the user has to sign in again. `ended`: the client was ended, and stays so.
 */
export type ConnectionState = "up" | "down" | "signed-out" | "ended";

/** The connection of a client to the service, for a screen that shows its state. */
export interface Connection {
  readonly state: ConnectionState;
  /** Error code with which reads fail while the state is not `up`. */
  readonly reason: CoviuErrorCode;
  /** Milliseconds by which the clock of the server is ahead of this one. 0 if the `date` header is not readable. */
  readonly clockOffset: number;
  /** Calls `notify` when the state or the clock offset changes, until the returned function is called. */
  subscribe: (notify: () => void) => () => void;
  /** Sends the next read at once: call it when the user tries again. */
  resume: () => void;
}

/** The connection with its circuit breaker, as the transport uses it. */
export interface ConnectionControl extends Connection {
  /**
   * Gives a number that `recordOutcome` needs.
   *
   * @throws CoviuError if a read must not be sent now. Writes are always sent, because a user has asked for them.
   */
  assertMaySend(operation: string, write: boolean): number;
  /** Records the outcome of an attempt. `undefined` is success. */
  recordOutcome(error: CoviuError | undefined, attempt?: number): void;
  /** Takes one of the repeats that all reads of the client share. `false` if none is left. */
  takeRetryBudget(): boolean;
  /** Milliseconds until the server accepts reads again, by its `Retry-After`. */
  waitMs(): number;
  /** Compares the clocks by the `date` header of a response. */
  recordServerDate(date: string | null): void;
  end(): void;
  /** Aborted when the client ends. Its reason is the error of every request in flight. */
  ended: AbortSignal;
}

const maxFailures = 5;
const maxRetryBudget = 10;
const probeIntervalMs = 30_000;
/** Maximum wait for a `Retry-After`. */
const maxBusyMs = 3_600_000;

/** Creates the connection that all requests of a client share. Durations are monotonic, since the clock can be set. */
export function createConnection(onAuthLost: (() => void) | undefined): ConnectionControl {
  const ending = new AbortController();
  const shown = createStore<{ state: ConnectionState; clockOffset: number }>({ state: "up", clockOffset: 0 });
  const is = (state: ConnectionState) => shown.get().state === state;
  let reason: CoviuErrorCode = "auth_required";
  let failures = 0;
  let retryBudget = maxRetryBudget;
  let probeAt = 0;
  let busyUntil = 0;
  /** Whether the user asked for the next read. It then waits for nothing. */
  let resumed = false;
  let signOuts = 0;
  let offsets: number[] = [];
  let clockEpoch = 0;

  function become(next: ConnectionState): void {
    if (!is(next) && !is("ended")) shown.set({ ...shown.get(), state: next });
  }

  function signOut(): void {
    if (is("signed-out") || is("ended")) return;
    reason = "auth_required";
    probeAt = Infinity;
    signOuts += 1;
    become("signed-out");
    onAuthLost?.();
  }

  return {
    get state() {
      return shown.get().state;
    },
    get reason() {
      return reason;
    },
    get clockOffset() {
      return shown.get().clockOffset;
    },
    subscribe: shown.subscribe,
    resume() {
      probeAt = 0;
      resumed = true;
    },
    assertMaySend(operation, write) {
      if (is("up") || (write && !is("ended"))) return signOuts;
      const now = performance.now();
      if (is("ended") || now < probeAt) throw notSent(reason, operation);
      probeAt = is("down") ? now + probeIntervalMs : Infinity;
      return signOuts;
    },
    recordOutcome(error, attempt) {
      if (error?.code === "auth_required") return signOut();
      // An attempt from before the sign-in was over has no information about the sign-in now.
      if (is("signed-out") && attempt !== signOuts) return;
      if (error?.code === "bad_response" || error?.code === "wrong_address") return;
      if (!error?.retryable || error.code === "rate_limited") {
        failures = 0;
        retryBudget = Math.min(maxRetryBudget, retryBudget + 0.1);
        const busyMs = Math.min(maxBusyMs, (error?.retryAfter ?? 0) * 1000);
        if (busyMs > 0) busyUntil = Math.max(busyUntil, performance.now() + busyMs);
        become("up");
        return;
      }
      // Without a token nothing can be sent, so a missing token counts twice.
      failures += error.code === "auth_unavailable" ? 2 : 1;
      if (failures < maxFailures || !is("up")) return;
      reason = error.code;
      probeAt = performance.now() + probeIntervalMs;
      become("down");
    },
    takeRetryBudget() {
      if (!is("up") || retryBudget < 1) return false;
      retryBudget -= 1;
      return true;
    },
    waitMs() {
      const wasResumed = resumed;
      resumed = false;
      return wasResumed ? 0 : busyUntil - performance.now();
    },
    recordServerDate(date) {
      const aheadMs = Date.parse(date ?? "") - Date.now();
      if (!Number.isFinite(aheadMs)) return;
      // The clock was set: earlier offsets are wrong.
      const epoch = Date.now() - performance.now();
      if (Math.abs(epoch - clockEpoch) > 2000) offsets = [];
      clockEpoch = epoch;
      offsets = [...offsets, aheadMs].slice(-5);
      const median = offsets.toSorted((a, b) => a - b)[offsets.length >> 1] ?? 0;
      // The header has whole seconds, and responses take time.
      if (Math.abs(median - shown.get().clockOffset) >= 2000) shown.set({ ...shown.get(), clockOffset: median });
    },
    end() {
      reason = "auth_required";
      become("ended");
      ending.abort(new CoviuError({ code: reason, operation: "request", outcome: "unknown" }));
    },
    ended: ending.signal,
  };
}
