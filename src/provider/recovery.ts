import type { Query, QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";

/** A little longer than the pause after which the client lets a read through. */
const every = 30_100;
/** Milliseconds over which the first reads after an outage are spread. */
const spread = 2000;

/** While the service is down one failed read asks again now and then; once it answers, all of them do. */
export function recover({ connection, scope }: CoviuClient, queryClient: QueryClient, leaving: AbortSignal): void {
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
    // Any of them: one alone may fail for a reason of its own.
    const queries = failed();
    const query = queries[Math.floor(Math.random() * queries.length)];
    if (query) read(query);
    react();
  }
  function react(): void {
    clearTimeout(timer);
    const { state } = connection;
    if (state === "up") after(Math.random() * spread, () => failed().forEach(read));
    if (state === "down") after(every, probe);
  }
  // A cable that is back in its place: as soon as it stays there for a while.
  function online(): void {
    if (connection.state !== "down") return;
    after(spread + Math.random() * spread, () => {
      connection.resume();
      probe();
    });
  }

  const stop = connection.subscribe(react);
  leaving.addEventListener("abort", () => {
    stop();
    clearTimeout(timer);
  });
  // A user who clicks or presses a key on something wants an answer now. Reads that the service asked to wait go on waiting.
  document.addEventListener("click", () => connection.state !== "up" && connection.resume(), {
    capture: true,
    signal: leaving,
  });
  addEventListener("online", online, { signal: leaving });
}

/** What comes of it shows in the query's own state. */
function read(query: Query): void {
  query.fetch().catch(() => {});
}
