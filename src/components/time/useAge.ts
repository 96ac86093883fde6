import { useFormat } from "../../hooks/useFormat.ts";
import { useNow } from "../../hooks/useNow.ts";

/** Age of data. */
export interface Age {
  /** Whole minutes since the data was read. */
  minutes: number;
  /** Time at which it was read, in the time zone of the provider. */
  time: string;
}

/**
 * Age of data that was read at a time of the browser's clock. `undefined` without data and until hydrated.
 *
 * @param readAt Milliseconds since 1970, as in TanStack Query's `dataUpdatedAt`.
 */
export function useAge(readAt: number | undefined): Age | undefined {
  const format = useFormat();
  const now = useNow();
  if (!readAt || !now) return undefined;
  const minutes = minutesSince(readAt);
  return { minutes, time: format.time(new Date(now.getTime() - minutes * 60_000)) };
}

/** Whole minutes since a time of the browser's clock. 0 if the clock was set back. */
export function minutesSince(time: number): number {
  return Math.max(0, Math.floor((Date.now() - time) / 60_000));
}
