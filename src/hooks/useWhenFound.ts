import { useEffect, useRef } from "react";

import type { Write } from "../queries/writes.ts";
import { useWrites } from "./useWrites.ts";

/** Closes a write that could not be confirmed and has turned up after all, and goes on with its answer. */
export function useWhenFound<Data>(write: Write<Data> | undefined, goOn: (data: Data) => void): void {
  const { close } = useWrites();
  const latest = useRef(goOn);
  useEffect(() => {
    latest.current = goOn;
  });
  useEffect(() => {
    if (write?.phase !== "found" || write.data === undefined) return;
    close(write.variables);
    latest.current(write.data);
  }, [write, close]);
}
