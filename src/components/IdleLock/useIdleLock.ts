import { useCallback, useState, useSyncExternalStore } from "react";

import { useConfirmSignIn } from "../../hooks/useConfirmSignIn.ts";
import { createIdleClock } from "./idleClock.ts";

export interface IdleLockOptions {
  /** Milliseconds without a key, pointer, wheel or touch on the page until it is covered. */
  after: number;
  /**
   * Asked before the page is uncovered, for a sign-in of your own: it stays covered if this rejects. If left out, one
   * small request asks the server whether the sign-in still holds.
   */
  onUncover?: (() => unknown) | undefined;
}

/** Whether somebody uses the page: `open`, `warned` for the last minute, or `covered` until somebody goes on. */
export function useIdleLock({ after, onUncover }: IdleLockOptions) {
  if (!(after > 0)) throw new TypeError("IdleLock needs `after`: milliseconds, more than 0.");
  const confirmSignIn = useConfirmSignIn();
  const [clock] = useState(createIdleClock);
  const watch = useCallback((notify: () => void) => clock.watch(after, notify), [clock, after]);
  const left = useSyncExternalStore(watch, clock.left, () => undefined);
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
    state: left === undefined ? ("open" as const) : left ? ("warned" as const) : ("covered" as const),
    /** Seconds until the page is covered; `undefined` while it is open. */
    left,
    /** Answers the warning. Any key does the same. */
    stay: clock.stay,
    /** Uncovers the page once the sign-in is confirmed. */
    uncover,
    uncovering,
    /** Why it stays covered. */
    error,
  };
}
