import { useSyncExternalStore } from "react";

/** `false` on a server and in the first render of a hydration, so that both paint the same. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

function never(): () => void {
  return () => {};
}
