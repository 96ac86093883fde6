import type { Query, QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";
import { reads } from "../queries/options.ts";

const intervalMs = 15_000;
/** Timers of a visible page never pause for this long: the computer has slept. */
const minSleepMs = 120_000;
/** The reads of all computers that wake in the morning are spread over this time. */
const spreadMs = 2000;

/** Reads stale data again after the computer has slept. No event of the browser reports that. */
export function refetchAfterSleep({ scope }: CoviuClient, queryClient: QueryClient, unmounting: AbortSignal): void {
  let last = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const interval = setInterval(() => {
    const slept = Date.now() - last;
    last += slept;
    if (document.hidden || slept < minSleepMs) return;
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

/** Whether an entry is stale by the clock: the timers of the query have slept as well. A canceled session can't be read. */
function isStale(query: Query): boolean {
  const { data } = query.state;
  const isCanceled = data instanceof Object && "canceled_time" in data;
  return !isCanceled && query.isStaleByTime(reads.staleTime);
}
