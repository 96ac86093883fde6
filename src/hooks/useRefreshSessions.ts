import { useCoviu } from "../provider/CoviuProvider.tsx";
import { sessionKeys } from "../queries/keys.ts";

/**
 * Reads the lists on the screen again: for what became known in another way than by the kit's own writes. Details stay,
 * since a canceled one can no longer be read.
 */
export function useRefreshSessions(): () => void {
  const { client, queryClient } = useCoviu();
  const queryKey = sessionKeys(client.scope).all;
  return () => void queryClient.invalidateQueries({ queryKey, predicate: (query) => query.queryKey[3] !== "detail" });
}
