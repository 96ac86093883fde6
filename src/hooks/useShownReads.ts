import { useMemo } from "react";

import { useCoviu } from "../provider/CoviuProvider.tsx";
import { sessionsQueryOptions } from "../queries/sessions.ts";

/** Everything that is read for the screen: how old the oldest of it is, and reading all of it again. */
export function useShownReads() {
  const { client, queryClient } = useCoviu();
  return useMemo(() => {
    const shown = { queryKey: ["coviu", client.scope], type: "active" } as const;
    const found = () => queryClient.getQueryCache().findAll(shown);
    return {
      /** In milliseconds since 1970; `undefined` where nothing is there. */
      readAt(): number | undefined {
        const times = found().flatMap(({ state }) => (state.data === undefined ? [] : state.dataUpdatedAt));
        return times.length > 0 ? Math.min(...times) : undefined;
      },
      async read(): Promise<void> {
        if (found().length > 0) return queryClient.refetchQueries(shown);
        // A form reads nothing: a cheap list tells whether the service answers.
        const probe = { ...sessionsQueryOptions(client, { page_size: 1 }), staleTime: 0, gcTime: 0 };
        await queryClient.prefetchQuery(probe);
      },
    };
  }, [client, queryClient]);
}
