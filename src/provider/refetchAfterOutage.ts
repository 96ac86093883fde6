import type { Query, QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";

/** Slightly longer than the interval at which the client sends a read during an outage. */
const probeIntervalMs = 30_100;
/** The first reads after an outage are spread over this time in ms. */
const spreadMs = 2000;

/** Repeats one failed read at intervals during an outage. Once it succeeds, repeats all failed reads. */
export function refetchAfterOutage(
  { connection, scope }: CoviuClient,
  queryClient: QueryClient,
  unmounting: AbortSignal,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function failedQueries(): Query[] {
    const predicate = ({ state }: Query) => state.status === "error";
    return queryClient.getQueryCache().findAll({ queryKey: ["coviu", scope], type: "active", predicate });
  }
  function schedule(delayMs: number, work: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(work, delayMs);
  }
  function probe(): void {
    // The choice is random, because a single read may fail for another reason.
    const queries = failedQueries();
    const query = queries[Math.floor(Math.random() * queries.length)];
    if (query) fetchQuery(query);
    scheduleNext();
  }
  function scheduleNext(): void {
    clearTimeout(timer);
    const { state } = connection;
    if (state === "up") schedule(Math.random() * spreadMs, () => failedQueries().forEach(fetchQuery));
    if (state === "down") schedule(probeIntervalMs, probe);
  }
  // Waits, because a restored connection may break again.
  function handleOnline(): void {
    if (connection.state !== "down") return;
    schedule(spreadMs + Math.random() * spreadMs, () => {
      connection.resume();
      probe();
    });
  }

  const unsubscribe = connection.subscribe(scheduleNext);
  unmounting.addEventListener("abort", () => {
    unsubscribe();
    clearTimeout(timer);
  });
  // A click, also one by keyboard, ends the wait between reads. Delays requested by the service (`Retry-After`) still apply.
  document.addEventListener("click", () => connection.state !== "up" && connection.resume(), {
    capture: true,
    signal: unmounting,
  });
  addEventListener("online", handleOnline, { signal: unmounting });
}

/** Fetches without handling errors: components read the error from the state of the query. */
function fetchQuery(query: Query): void {
  query.fetch().catch(() => {});
}
