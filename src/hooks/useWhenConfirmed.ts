import { useEffect, useRef } from "react";

import type { PendingWrite } from "../queries/pendingWrites.ts";
import { usePendingWrites } from "./usePendingWrites.ts";

/** Calls `goOn` with the result of a pending write once it is confirmed, and removes the write from the list. */
export function useWhenConfirmed<Data>(write: PendingWrite<Data> | undefined, goOn: (data: Data) => void): void {
  const { close } = usePendingWrites();
  const latest = useRef(goOn);
  useEffect(() => {
    latest.current = goOn;
  });
  useEffect(() => {
    if (write?.phase !== "confirmed" || write.data === undefined) return;
    close(write.variables);
    latest.current(write.data);
  }, [write, close]);
}
