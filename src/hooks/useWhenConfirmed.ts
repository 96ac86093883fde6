import { useEffect, useRef } from "react";

import type { PendingWrite } from "../queries/pendingWrites.ts";
import { usePendingWrites } from "./usePendingWrites.ts";

/** Calls `onConfirmed` with the result of a pending write once it is confirmed, and removes the write from the list. */
export function useWhenConfirmed<Data>(write: PendingWrite<Data> | undefined, onConfirmed: (data: Data) => void): void {
  const { close } = usePendingWrites();
  const callback = useRef(onConfirmed);
  useEffect(() => {
    callback.current = onConfirmed;
  });
  useEffect(() => {
    if (write?.phase !== "confirmed" || write.data === undefined) return;
    close(write.variables);
    callback.current(write.data);
  }, [write, close]);
}
