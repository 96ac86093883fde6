import { useCallback } from "react";

import { useCoviu } from "../provider/CoviuProvider.tsx";
import { sessionKeys } from "../queries/keys.ts";

/**
 * Gives a function that reads the lists on the screen again, after a change that no write of the kit has made. Single
 * sessions are not read, since a canceled one can no longer be read.
 */
export function useRefreshSessions(): () => void {
  const { client, queryClient } = useCoviu();
  return useCallback(() => {
    const queryKey = sessionKeys(client.scope).all;
    void queryClient.invalidateQueries({ queryKey, predicate: (query) => query.queryKey[3] !== "detail" });
  }, [client, queryClient]);
}
