import { useEffect, useRef } from "react";

import { changedFields } from "../../domain/edits.ts";

/** Whoever has read before a save writes within this time: milliseconds. */
const pause = 8000;

/**
 * Reads once more a while after something was `saved`, and gives the fields that have been written over since by someone
 * who did not know of it.
 */
export function useOverwritten<State extends object, Field extends keyof State>(
  fields: readonly Field[],
  saved: State | undefined,
  live: State | undefined,
  refetch: () => unknown,
): Field[] {
  const latest = useRef(refetch);
  useEffect(() => {
    latest.current = refetch;
  });
  useEffect(() => {
    if (!saved) return undefined;
    const timer = setTimeout(() => void latest.current(), pause);
    return () => clearTimeout(timer);
  }, [saved]);
  return saved && live ? changedFields(fields, saved, live) : [];
}
