import { useState } from "react";

interface InfiniteQueryErrors {
  error: unknown;
  isFetchNextPageError: boolean;
}

/**
 * Whether the current error is that of the next page. TanStack Query keeps an error while the query is read again, but then
 * derives `isFetchNextPageError` from the new read. The notice would move from the end of the list to
 * its top, or back.
 */
export function useIsNextPageError({ error, isFetchNextPageError }: InfiniteQueryErrors): boolean {
  const [first, setFirst] = useState({ error, isNextPage: isFetchNextPageError });
  if (first.error === error) return first.isNextPage && Boolean(error);
  setFirst({ error, isNextPage: isFetchNextPageError });
  return isFetchNextPageError;
}
