import { useEffect } from "react";

/** Calls `callback` on each `online` event of the browser. Does nothing while `callback` is `undefined`. */
export function useBackOnline(callback: (() => unknown) | undefined): void {
  useEffect(() => {
    if (!callback) return undefined;
    const handleOnline = () => void callback();
    window.addEventListener("online", handleOnline);
    return () => window.removeEventListener("online", handleOnline);
  }, [callback]);
}
