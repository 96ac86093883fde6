import { useEffect, useRef } from "react";

import { changedFields } from "../../domain/edits.ts";

/** Delay of the second read after a save. A user who read before the save has saved by then. */
const recheckDelayMs = 8000;

/** Refetches 8 s after a save and returns the saved fields that another user has overwritten since. */
export function useOverwritten<State extends object, Field extends keyof State>(
  fields: readonly Field[],
  saved: State | undefined,
  live: State | undefined,
  refetch: () => unknown,
): Field[] {
  const latestRefetch = useRef(refetch);
  useEffect(() => {
    latestRefetch.current = refetch;
  });
  useEffect(() => {
    if (!saved) return undefined;
    const timer = setTimeout(() => void latestRefetch.current(), recheckDelayMs);
    return () => clearTimeout(timer);
  }, [saved]);
  return saved && live ? changedFields(fields, saved, live) : [];
}
