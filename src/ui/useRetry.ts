import { type RefObject, useEffect, useRef, useState } from "react";

import { CoviuError } from "../api/errors.ts";
import { isFocusLost } from "../provider/dom.ts";

export interface RetriedQuery {
  data: unknown;
  error: unknown;
  isFetching: boolean;
  refetch: () => unknown;
}

/**
 * Trying a failed read again, where that can help. Afterwards the focus, if it has lost its button, goes to `place`.
 */
export function useRetry({ data, error, isFetching, refetch }: RetriedQuery, place: RefObject<HTMLElement | null>) {
  const [retried, setRetried] = useState<unknown>();
  const waiting = useRef(false);
  // A query forgets its error while it tries again: it stays, and so does the focus on its button.
  const failed = error || (data === undefined && isFetching && retried) || undefined;

  useEffect(() => {
    const settled = waiting.current && !isFetching;
    waiting.current = isFetching;
    if (!settled || !retried) return;
    setRetried(undefined);
    // The button has gone with the failure: the keyboard goes on from here.
    if (place.current && isFocusLost(place.current)) place.current.focus();
  }, [isFetching, retried, place]);

  function retry(): void {
    setRetried(failed);
    void refetch();
  }

  return { error: failed, retry: isHopeless(failed) ? undefined : retry };
}

/** Whether the same request would be refused again. */
export function isHopeless(error: unknown): boolean {
  return CoviuError.is(error) && /^(forbidden|not_found|invalid_input|invalid_request)$/.test(error.code);
}
