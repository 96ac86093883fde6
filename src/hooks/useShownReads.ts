import { useMemo } from "react";

import { useCoviu } from "../provider/CoviuProvider.tsx";
import { sessionsQueryOptions } from "../queries/sessions.ts";

/** Queries on the screen: the time of the oldest read, and a function to read all of them again. */
export function useShownReads() {
  const { client, queryClient } = useCoviu();
  return useMemo(() => {
    const shown = { queryKey: ["coviu", client.scope], type: "active" } as const;
    const found = () => queryClient.getQueryCache().findAll(shown);
    return {
      /** Time of the oldest read in ms since 1970. `undefined` without data. */
      readAt(): number | undefined {
        const times = found().flatMap(({ state }) => (state.data === undefined ? [] : state.dataUpdatedAt));
        return times.length > 0 ? Math.min(...times) : undefined;
      },
      async read(): Promise<void> {
        if (found().length > 0) return queryClient.refetchQueries(shown);
        // A form reads nothing. A small list shows whether the service responds.
        const probe = { ...sessionsQueryOptions(client, { page_size: 1 }), staleTime: 0, gcTime: 0 };
        await queryClient.prefetchQuery(probe);
      },
    };
  }, [client, queryClient]);
}
