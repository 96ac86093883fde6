import { useCallback } from "react";

import { useCoviu } from "../provider/CoviuProvider.tsx";
import { tellTabs } from "../provider/tabs.ts";

/**
 * Ends the client for whoever signs out: requests are aborted, the token and everything that was read are dropped,
 * what is below the provider leaves the screen, and other tabs of this origin do the same. It resolves at once, also
 * without a connection; every later call of this client is `auth_required`. Sign out of your own server besides.
 */
export function useCoviuSignOut(): () => Promise<void> {
  const { client } = useCoviu();
  return useCallback(async () => {
    client.end();
    tellTabs(client);
  }, [client]);
}
