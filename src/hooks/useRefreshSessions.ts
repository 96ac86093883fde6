import { useCallback } from "react";

import { useCoviu } from "../provider/CoviuProvider.tsx";
import { sessionKeys } from "../queries/keys.ts";

/**
 * Reads the lists on the screen again: for what became known in another way than by the kit's own writes. Details stay,
 * since a canceled one can no longer be read.
 */
export function useRefreshSessions(): () => void {
  const { client, queryClient } = useCoviu();
  return useCallback(() => {
    const queryKey = sessionKeys(client.scope).all;
    void queryClient.invalidateQueries({ queryKey, predicate: (query) => query.queryKey[3] !== "detail" });
  }, [client, queryClient]);
}
