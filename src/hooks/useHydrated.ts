import { useSyncExternalStore } from "react";

/** Returns `false` on a server and in the first render of a hydration, so that both render the same. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    neverNotify,
    () => true,
    () => false,
  );
}

function neverNotify(): () => void {
  return () => {};
}
