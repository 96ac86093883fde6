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
  function react(): void {
    clearTimeout(timer);
    const { state } = connection;
    if (state === "up") timer = setTimeout(() => failed().forEach(read), Math.random() * spread);
    if (state === "down") {
      timer = setTimeout(() => {
        // Any of them: one alone may fail for a reason of its own.
        const queries = failed();
        const query = queries[Math.floor(Math.random() * queries.length)];
        if (query) read(query);
        react();
      }, every);
    }
  }

  const stop = connection.subscribe(react);
  leaving.addEventListener("abort", () => {
    stop();
    clearTimeout(timer);
  });
  // Whoever clicks or presses a key on something wants an answer now, and so does a cable that is back in its place.
  const options = { capture: true, signal: leaving };
  document.addEventListener("click", connection.resume, options);
  addEventListener("online", connection.resume, options);
}

/** What comes of it shows in the query's own state. */
function read(query: Query): void {
  query.fetch().catch(() => {});
}
