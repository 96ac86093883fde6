import { useCallback } from "react";

import type { Session } from "../api/schemas.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { putInCache } from "../queries/cached.ts";
import { sessionKeys } from "../queries/keys.ts";
import { reads } from "../queries/options.ts";

/** Returns a function that puts a session from a response in the cache. It is shown while the session is read again. */
export function useKnownSession(): (session: Session) => void {
  const { client, queryClient } = useCoviu();
  return useCallback(
    (session) => {
      const updatedAt = Date.now() - reads.staleTime;
      putInCache(queryClient, sessionKeys(client.scope).detail(session.session_id), session, updatedAt);
    },
    [client, queryClient],
  );
}
