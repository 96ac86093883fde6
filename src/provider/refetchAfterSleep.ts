import type { Query, QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";
import { reads } from "../queries/options.ts";

const intervalMs = 15_000;
/** Minimum pause in ms that counts as sleep. Timers of a visible page never pause for this long. */
const minSleepMs = 120_000;
/** The reads are spread over this time in ms, because many computers wake at the same time. */
const spreadMs = 2000;

/** Reads stale data again after the computer has slept. Browsers have no event for this. */
export function refetchAfterSleep({ scope }: CoviuClient, queryClient: QueryClient, unmounting: AbortSignal): void {
  let lastTickAt = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const interval = setInterval(() => {
    const pauseMs = Date.now() - lastTickAt;
    lastTickAt += pauseMs;
    if (document.hidden || pauseMs < minSleepMs) return;
    const filters = { queryKey: ["coviu", scope], type: "active", predicate: isStale } as const;
    timer = setTimeout(
      () => void queryClient.refetchQueries(filters, { cancelRefetch: false }),
      Math.random() * spreadMs,
    );
  }, intervalMs);
  unmounting.addEventListener("abort", () => {
    clearInterval(interval);
    clearTimeout(timer);
  });
}

/**
 * Whether a query is stale by the clock. Its own timers did not run during sleep. Canceled sessions are excluded, because
 * they can't be read.
 */
function isStale(query: Query): boolean {
  const { data } = query.state;
  const isCanceled = data instanceof Object && "canceled_time" in data;
  return !isCanceled && query.isStaleByTime(reads.staleTime);
}
