import { useSyncExternalStore } from "react";

/** Gives `false` on a server and in the first render of a hydration, so that both render the same. */
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
