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
 * Retries a failed read. `place` gets the focus if the button of the retry is removed. `retry` is `undefined` if the same
 * request would fail again.
 */
export function useRetry({ data, error, isFetching, refetch }: RetriedQuery, place: RefObject<HTMLElement | null>) {
  const [retriedError, setRetriedError] = useState<unknown>();
  const wasFetching = useRef(false);
  // A query drops its error while it is retried. The error is kept here, so that its focused button is not removed.
  const shownError = error || (data === undefined && isFetching && retriedError) || undefined;

  useEffect(() => {
    const settled = wasFetching.current && !isFetching;
    wasFetching.current = isFetching;
    if (!settled || !retriedError) return;
    setRetriedError(undefined);
    // The button was removed together with the failure.
    if (place.current && isFocusLost(place.current)) place.current.focus();
  }, [isFetching, retriedError, place]);

  function retry(): void {
    setRetriedError(shownError);
    void refetch();
  }

  return { error: shownError, retry: isHopeless(shownError) ? undefined : retry };
}

/** Whether the same request would be refused again. */
export function isHopeless(error: unknown): boolean {
  return CoviuError.is(error) && /^(forbidden|not_found|invalid_input|invalid_request)$/.test(error.code);
}
