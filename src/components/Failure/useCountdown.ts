import { useCallback, useSyncExternalStore } from "react";

/** End of the wait for each error, in ms of `performance.now()`. */
const endByError = new WeakMap<object, number>();

/** Seconds left of the wait that came with an error. 0 after its end, `undefined` without a wait. */
export function useCountdown(error: unknown, seconds: number | undefined): number | undefined {
  const secondsLeft = useCallback(() => {
    if (seconds === undefined || typeof error !== "object" || error === null) return undefined;
    // The wait begins when the error is first shown. Later renders and components do not restart it.
    const endMs = endByError.get(error) ?? performance.now() + seconds * 1000;
    endByError.set(error, endMs);
    return Math.max(0, Math.ceil((endMs - performance.now()) / 1000));
  }, [error, seconds]);
  const subscribe = useCallback(
    (notify: () => void) => {
      if (!secondsLeft()) return () => {};
      const timer = setInterval(() => {
        notify();
        if (!secondsLeft()) clearInterval(timer);
      }, 250);
      return () => clearInterval(timer);
    },
    [secondsLeft],
  );
  return useSyncExternalStore(subscribe, secondsLeft, () => undefined);
}
