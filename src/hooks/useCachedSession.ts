import { notifyManager } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";

import type { Session } from "../api/schemas.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { cachedSessions } from "../queries/cached.ts";

/** The first session of those that have been read, by whatever part of the screen, that is as wanted. Asks nobody. */
export function useCachedSession(
  isWanted: (session: Session, index: number, all: readonly Session[]) => boolean,
): Session | undefined {
  const { client, queryClient } = useCoviu();
  const subscribe = useCallback(
    // In batches: an entry can come into being while something else is rendered.
    (notify: () => void) => queryClient.getQueryCache().subscribe(notifyManager.batchCalls(notify)),
    [queryClient],
  );
  return useSyncExternalStore(
    subscribe,
    () => cachedSessions(queryClient, client.scope).find(isWanted),
    () => undefined,
  );
}
