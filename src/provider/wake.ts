import type { Query, QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";

const every = 15_000;
/** For so long an answer counts as fresh. A number of its own: shared, it would cost the first paint a chunk. */
const fresh = 15_000;
/** Timers of a page in sight never pause for so long: the computer has slept. */
const longest = 120_000;
/** Milliseconds over which all the desks that wake in the morning are spread. */
const spread = 2000;

/** A computer that wakes may show yesterday, with nobody changing windows: what is old is read again. */
export function readAfterSleep({ scope }: CoviuClient, queryClient: QueryClient, leaving: AbortSignal): void {
  let last = Date.now();
  let wave: ReturnType<typeof setTimeout> | undefined;
  const watch = setInterval(() => {
    const slept = Date.now() - last;
    last += slept;
    if (document.hidden || slept < longest) return;
    const filters = { queryKey: ["coviu", scope], type: "active", predicate: isOld } as const;
    wave = setTimeout(() => void queryClient.refetchQueries(filters, { cancelRefetch: false }), Math.random() * spread);
  }, every);
  leaving.addEventListener("abort", () => {
    clearInterval(watch);
    clearTimeout(wave);
  });
}

/** By the clock: the timers by which queries know it have slept as well. A canceled session can't be read any more. */
function isOld(query: Query): boolean {
  const { data } = query.state;
  const isCanceled = data instanceof Object && "canceled_time" in data;
  return !isCanceled && query.isStaleByTime(fresh);
}
