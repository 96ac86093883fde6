import { useEffect } from "react";

/** Calls `act` on each `online` event of the browser. Does nothing while `act` is `undefined`. */
export function useBackOnline(act: (() => unknown) | undefined): void {
  useEffect(() => {
    if (!act) return undefined;
    const go = () => void act();
    window.addEventListener("online", go);
    return () => window.removeEventListener("online", go);
  }, [act]);
}
