import { useCallback } from "react";

import { forget, tellTabs, useCoviu } from "../provider/CoviuProvider.tsx";

/**
 * Ends the client for whoever signs out: requests are aborted, the token and everything that was read are dropped,
 * what is below the provider leaves the screen, and other tabs of this origin do the same. It resolves at once, also
 * without a connection; every later call of this client is `auth_required`. Sign out of your own server besides.
 */
export function useCoviuSignOut(): () => Promise<void> {
  const { client, queryClient } = useCoviu();
  return useCallback(async () => {
    client.end();
    forget(client, queryClient);
    tellTabs(client);
  }, [client, queryClient]);
}
