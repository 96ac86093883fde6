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
 * Retries a failed read. The focus goes to `place` if its button is gone afterwards. `retry` is `undefined` where the same
 * request would fail again.
 */
export function useRetry({ data, error, isFetching, refetch }: RetriedQuery, place: RefObject<HTMLElement | null>) {
  const [retried, setRetried] = useState<unknown>();
  const waiting = useRef(false);
  // A query drops its error while it tries again. Here it stays, so that the focused button stays as well.
  const failed = error || (data === undefined && isFetching && retried) || undefined;

  useEffect(() => {
    const settled = waiting.current && !isFetching;
    waiting.current = isFetching;
    if (!settled || !retried) return;
    setRetried(undefined);
    // The button is gone with the failure.
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
