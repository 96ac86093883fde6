import { notifyManager } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";

import type { Session } from "../api/schemas.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { cachedSessions } from "../queries/cached.ts";

/** Finds the first session in the cache that matches. Sends no request. */
export function useCachedSession(
  isWanted: (session: Session, index: number, all: readonly Session[]) => boolean,
): Session | undefined {
  const { client, queryClient } = useCoviu();
  const subscribe = useCallback(
    // Notifications are batched, because an entry can be created while another component renders.
    (notify: () => void) => queryClient.getQueryCache().subscribe(notifyManager.batchCalls(notify)),
    [queryClient],
  );
  return useSyncExternalStore(
    subscribe,
    () => cachedSessions(queryClient, client.scope).find(isWanted),
    () => undefined,
  );
}
