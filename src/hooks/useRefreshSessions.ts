import { useCallback } from "react";

import { useCoviu } from "../provider/CoviuProvider.tsx";
import { sessionKeys } from "../queries/keys.ts";

/**
 * Returns a function that reads the lists on the screen again, after a change that the kit did not make. Single sessions are
 * not read, because a canceled one can no longer be read.
 */
export function useRefreshSessions(): () => void {
  const { client, queryClient } = useCoviu();
  return useCallback(() => {
    const queryKey = sessionKeys(client.scope).all;
    void queryClient.invalidateQueries({ queryKey, predicate: (query) => query.queryKey[3] !== "detail" });
  }, [client, queryClient]);
}
