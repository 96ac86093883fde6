import { type InfiniteData, QueryClient } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";

import type { SessionPage } from "../../../src/api/schemas.ts";
import { filtersOf, listParams } from "../../../src/components/SessionList/filters.ts";
import { CoviuProvider, createCoviuClient, SessionList } from "../../../src/index.ts";
import { overlappingSessionsQueryOptions } from "../../../src/queries/overlappingSessions.ts";
import { locale, now, type SessionTable, timeZone, withName } from "./sessions.ts";

const started = performance.now();
const clock = () => new Date(now.getTime() + performance.now() - started);

/** `SessionList` of the kit, with a clock that runs. */
export function createTable(pages: SessionPage[]): SessionTable {
  const queryClient = new QueryClient();
  const client = createCoviuClient({
    baseUrl: "/api",
    scope: "bench",
    fetch: () => Promise.reject(new Error("All sessions are in memory.")),
  });
  const params = listParams(filtersOf("upcoming"), now, undefined, timeZone);
  const { queryKey } = overlappingSessionsQueryOptions(client, params);
  const pageParams = pages.map(() => ({ end: 0, rows: [] }));
  queryClient.setQueryData<InfiniteData<SessionPage>>(queryKey, { pages, pageParams });
  return {
    mount: (root) =>
      createRoot(root).render(
        <CoviuProvider client={client} queryClient={queryClient} timeZone={timeZone} locale={locale} now={clock}>
          <SessionList onSelect={({ session_id }) => location.assign(`#${session_id}`)} />
        </CoviuProvider>,
      ),
    change(name) {
      queryClient.setQueryData<InfiniteData<SessionPage>>(
        queryKey,
        (data) => data && { ...data, pages: withName(data.pages, name) },
      );
    },
  };
}
