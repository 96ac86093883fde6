import { useCallback, useSyncExternalStore } from "react";

const ends = new WeakMap<object, number>();

/** Seconds until the wait that an error asked for is over, by the clock; 0 from then on. */
export function useCountdown(error: unknown, seconds: number | undefined): number | undefined {
  const left = useCallback(() => {
    if (seconds === undefined || typeof error !== "object" || error === null) return undefined;
    // Counted from when the error was first seen, however often it is shown anew.
    const end = ends.get(error) ?? performance.now() + seconds * 1000;
    ends.set(error, end);
    return Math.max(0, Math.ceil((end - performance.now()) / 1000));
  }, [error, seconds]);
  const subscribe = useCallback(
    (notify: () => void) => {
      if (!left()) return () => {};
      const timer = setInterval(() => {
        notify();
        if (!left()) clearInterval(timer);
      }, 250);
      return () => clearInterval(timer);
    },
    [left],
  );
  return useSyncExternalStore(subscribe, left, () => undefined);
}
