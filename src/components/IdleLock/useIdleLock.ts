import { useCallback, useState, useSyncExternalStore } from "react";

import { useConfirmSignIn } from "../../hooks/useConfirmSignIn.ts";
import { createIdleClock } from "./idleClock.ts";

export interface IdleLockOptions {
  /** Time in ms without a key, pointer, wheel or touch on the page until it is covered. */
  afterMs: number;
  /**
   * Confirms the sign-in before the page is uncovered. The page stays covered if it throws or rejects.
   *
   * @default one small request that asks the server whether the sign-in still holds
   */
  onUncover?: (() => unknown) | undefined;
}

/** Result of `useIdleLock`. */
export interface UseIdleLockResult {
  /** `open` while the page is used, `warned` in the last minute before it is covered, `covered` until it is uncovered. */
  state: "open" | "warned" | "covered";
  /** Seconds until the page is covered. `undefined` while it is open. */
  secondsLeft: number | undefined;
  /** Ends the warning. Any key does the same. Does nothing once the page is covered. */
  stay: () => void;
  /** Uncovers the page once the sign-in is confirmed. */
  uncover: () => Promise<void>;
  /** Whether the sign-in is being confirmed. */
  uncovering: boolean;
  /** Error of `onUncover` or of the request, because of which the page stays covered. */
  error: unknown;
}

/**
 * State of `IdleLock`. Covers the page when it has not been used for a while, and warns before.
 *
 * @throws TypeError if `afterMs` is not more than 0.
 *
 * @example
 *   function MyLock() {
 *     const { state, secondsLeft, uncover } = useIdleLock({ afterMs: 10 * 60_000 });
 *     if (state === "warned") return <p role="alert">This page is covered in {secondsLeft} s</p>;
 *     return state === "covered" ? <button onClick={() => void uncover()}>Go on</button> : null;
 *   }
 */
export function useIdleLock({ afterMs, onUncover }: IdleLockOptions): UseIdleLockResult {
  if (!(afterMs > 0)) throw new TypeError("IdleLock needs `afterMs`: milliseconds, more than 0.");
  const confirmSignIn = useConfirmSignIn();
  const [clock] = useState(createIdleClock);
  const watch = useCallback((notify: () => void) => clock.watch(afterMs, notify), [clock, afterMs]);
  const secondsLeft = useSyncExternalStore(watch, clock.secondsLeft, () => undefined);
  const [uncovering, setUncovering] = useState(false);
  const [error, setError] = useState<unknown>();

  async function uncover(): Promise<void> {
    setUncovering(true);
    setError(undefined);
    try {
      await (onUncover ?? confirmSignIn)();
      clock.start();
    } catch (reason) {
      setError(() => reason ?? new Error("rejected"));
    }
    setUncovering(false);
  }

  return {
    state: secondsLeft === undefined ? "open" : secondsLeft ? "warned" : "covered",
    secondsLeft,
    stay: clock.stay,
    uncover,
    uncovering,
    error,
  };
}
