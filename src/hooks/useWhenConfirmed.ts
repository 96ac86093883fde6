import { useEffect, useRef } from "react";

import type { PendingWrite } from "../queries/pendingWrites.ts";
import { usePendingWrites } from "./usePendingWrites.ts";

/** Closes a write that could not be confirmed and has turned up after all, and goes on with its answer. */
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
