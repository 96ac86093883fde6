import { useCoviu } from "../provider/CoviuProvider.tsx";
import { sessionKeys } from "../queries/keys.ts";

/** Reads every session on the screen again: for what became known in another way than by the kit's own writes. */
export function useRefreshSessions(): () => void {
  const { client, queryClient } = useCoviu();
  return () => void queryClient.invalidateQueries({ queryKey: sessionKeys(client.scope).all });
}
