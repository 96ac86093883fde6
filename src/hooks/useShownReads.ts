import { useMemo } from "react";

import { useCoviu } from "../provider/CoviuProvider.tsx";
import { sessionsQueryOptions } from "../queries/sessions.ts";

/** Returns the time of the oldest read on the screen, and a function that repeats all reads on the screen. */
export function useShownReads() {
  const { client, queryClient } = useCoviu();
  return useMemo(() => {
    const filters = { queryKey: ["coviu", client.scope], type: "active" } as const;
    const shownQueries = () => queryClient.getQueryCache().findAll(filters);
    return {
      /** Time of the oldest read in ms since 1970. `undefined` without data. */
      readAt(): number | undefined {
        const times = shownQueries().flatMap(({ state }) => (state.data === undefined ? [] : state.dataUpdatedAt));
        return times.length > 0 ? Math.min(...times) : undefined;
      },
      async read(): Promise<void> {
        if (shownQueries().length > 0) return queryClient.refetchQueries(filters);
        // A screen with only a form has no queries. A small list shows whether the service responds.
        const probe = { ...sessionsQueryOptions(client, { page_size: 1 }), staleTime: 0, gcTime: 0 };
        await queryClient.prefetchQuery(probe);
      },
    };
  }, [client, queryClient]);
}
