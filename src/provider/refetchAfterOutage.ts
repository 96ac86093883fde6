import type { Query, QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";

/** A little longer than the interval after which the client sends a read during an outage. */
const probeIntervalMs = 30_100;
/** The first reads after an outage are spread over this time. */
const spreadMs = 2000;

/** During an outage, one failed read is repeated from time to time. Once it succeeds, all failed reads are repeated. */
export function refetchAfterOutage(
  { connection, scope }: CoviuClient,
  queryClient: QueryClient,
  unmounting: AbortSignal,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function failed(): Query[] {
    const predicate = ({ state }: Query) => state.status === "error";
    return queryClient.getQueryCache().findAll({ queryKey: ["coviu", scope], type: "active", predicate });
  }
  function after(wait: number, work: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(work, wait);
  }
  function probe(): void {
    // A random one: a single read may fail for another reason.
    const queries = failed();
    const query = queries[Math.floor(Math.random() * queries.length)];
    if (query) read(query);
    react();
  }
  function react(): void {
    clearTimeout(timer);
    const { state } = connection;
    if (state === "up") after(Math.random() * spreadMs, () => failed().forEach(read));
    if (state === "down") after(probeIntervalMs, probe);
  }
  // After a while, since a connection that is back may break again.
  function online(): void {
    if (connection.state !== "down") return;
    after(spreadMs + Math.random() * spreadMs, () => {
      connection.resume();
      probe();
    });
  }

  const stop = connection.subscribe(react);
  unmounting.addEventListener("abort", () => {
    stop();
    clearTimeout(timer);
  });
  // A user who clicks or presses a key on something wants an answer now. Reads that the service asked to wait go on waiting.
  document.addEventListener("click", () => connection.state !== "up" && connection.resume(), {
    capture: true,
    signal: unmounting,
  });
  addEventListener("online", online, { signal: unmounting });
}

/** The result shows in the state of the query. */
function read(query: Query): void {
  query.fetch().catch(() => {});
}
