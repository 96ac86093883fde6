import { useEffect } from "react";

/** Does something whenever the browser says that the connection is back; nothing while it is `undefined`. */
export function useBackOnline(act: (() => unknown) | undefined): void {
  useEffect(() => {
    if (!act) return undefined;
    const go = () => void act();
    window.addEventListener("online", go);
    return () => window.removeEventListener("online", go);
  }, [act]);
}
