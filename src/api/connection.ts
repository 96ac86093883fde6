import { CoviuError, type CoviuErrorCode, notSent } from "./errors.ts";

/**
 * How things stand with the service: `down` after several failures in a row, when reads wait for one of them to get
 * through; `signed-out` when a person has to sign in again; `ended` for good.
 */
export type ConnectionState = "up" | "down" | "signed-out" | "ended";

/** What a client knows of the service, to be watched by a screen. */
export interface Connection {
  readonly state: ConnectionState;
  /** Why it is not up: the code with which reads fail meanwhile. */
  readonly reason: CoviuErrorCode;
  /** Milliseconds by which the server's clock is ahead of this one; 0 where its time can't be seen. */
  readonly clockOffset: number;
  subscribe: (notify: () => void) => () => void;
  /** The user tries again: the next read is sent, whatever came before it. */
  resume: () => void;
}

/** The same, as the transport sees it. */
export interface ConnectionControl extends Connection {
  /**
   * Gives what `settle` has to know the attempt by.
   *
   * @throws CoviuError if this must not be sent now. A write is a person's wish and is always tried.
   */
  assertMaySend(operation: string, write: boolean): number;
  /** What came of an attempt; `undefined` is success. */
  recordOutcome(error: CoviuError | undefined, attempt?: number): void;
  /** Takes one of the few repeats that all reads share. */
  takeRetryBudget(): boolean;
  /** Milliseconds until reads are welcome again. */
  waitMs(): number;
  recordServerDate(date: string | null): void;
  end(): void;
  /** Its reason is the error that everything under way ends with. */
  ended: AbortSignal;
}

const tolerated = 5;
const mostRepeats = 10;
const probeEvery = 30_000;
/** The longest that reads wait for a `Retry-After` without being asked to try again, in ms. */
const maxBusyMs = 3_600_000;

/** Keeps one account for all requests of a client. Durations are monotonic: setting the clock must not stop it. */
export function createConnection(onAuthLost: (() => void) | undefined): ConnectionControl {
  const listeners = new Set<() => void>();
  const ending = new AbortController();
  let state: ConnectionState = "up";
  let reason: CoviuErrorCode = "auth_required";
  let failures = 0;
  let repeats = mostRepeats;
  let probeAt = 0;
  let busyUntil = 0;
  /** The user has asked for the next read: it waits for nothing. */
  let resumed = false;
  let signOuts = 0;
  let offsets: number[] = [];
  let clockEpoch = 0;
  let clockOffset = 0;

  function become(next: ConnectionState): void {
    if (state === next || state === "ended") return;
    state = next;
    for (const notify of listeners) notify();
  }

  function signOut(): void {
    if (state === "signed-out" || state === "ended") return;
    reason = "auth_required";
    probeAt = Infinity;
    signOuts += 1;
    become("signed-out");
    onAuthLost?.();
  }

  return {
    get state() {
      return state;
    },
    get reason() {
      return reason;
    },
    get clockOffset() {
      return clockOffset;
    },
    subscribe(notify) {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
    resume() {
      probeAt = 0;
      resumed = true;
    },
    assertMaySend(operation, write) {
      if (state === "up" || (write && state !== "ended")) return signOuts;
      const now = performance.now();
      if (state === "ended" || now < probeAt) throw notSent(reason, operation);
      probeAt = state === "down" ? now + probeEvery : Infinity;
      return signOuts;
    },
    recordOutcome(error, attempt) {
      if (error?.code === "auth_required") return signOut();
      // Sent before the sign-in was over, answered after: it says nothing of now.
      if (state === "signed-out" && attempt !== signOuts) return;
      if (error?.code === "bad_response" || error?.code === "wrong_address") return;
      if (!error?.retryable || error.code === "rate_limited") {
        failures = 0;
        repeats = Math.min(mostRepeats, repeats + 0.1);
        const busyMs = Math.min(maxBusyMs, (error?.retryAfter ?? 0) * 1000);
        if (busyMs > 0) busyUntil = Math.max(busyUntil, performance.now() + busyMs);
        become("up");
        return;
      }
      // A token that can’t be had holds up everything: it is not asked for over and over.
      failures += error.code === "auth_unavailable" ? 2 : 1;
      if (failures < tolerated || state !== "up") return;
      reason = error.code;
      probeAt = performance.now() + probeEvery;
      become("down");
    },
    takeRetryBudget() {
      if (state !== "up" || repeats < 1) return false;
      repeats -= 1;
      return true;
    },
    waitMs() {
      const isAsked = resumed;
      resumed = false;
      return isAsked ? 0 : busyUntil - performance.now();
    },
    recordServerDate(date) {
      const ahead = Date.parse(date ?? "") - Date.now();
      if (!Number.isFinite(ahead)) return;
      // Somebody has set the clock: what was heard before is of another one.
      const epoch = Date.now() - performance.now();
      if (Math.abs(epoch - clockEpoch) > 2000) offsets = [];
      clockEpoch = epoch;
      offsets = [...offsets, ahead].slice(-5);
      const middle = offsets.toSorted((a, b) => a - b)[offsets.length >> 1] ?? 0;
      // The header tells whole seconds, and answers take their time.
      if (Math.abs(middle - clockOffset) < 2000) return;
      clockOffset = middle;
      for (const notify of listeners) notify();
    },
    end() {
      reason = "auth_required";
      become("ended");
      ending.abort(new CoviuError({ code: reason, operation: "request", outcome: "unknown" }));
    },
    ended: ending.signal,
  };
}
