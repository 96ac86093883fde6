import { useCallback } from "react";

import { useCoviu } from "../provider/CoviuProvider.tsx";
import { signOutOtherTabs } from "../provider/otherTabs.ts";

/**
 * Returns a function that ends the client when a user signs out. Requests are aborted, the token and all data are dropped,
 * everything below the provider is unmounted, and other tabs of this origin do the same. The promise resolves at once, also
 * without a connection. Later calls of this client reject with `auth_required`. Sign out of your own server as well.
 *
 * @example
 * const signOut = useCoviuSignOut();
 *
 * <button onClick={() => signOut().then(() => location.assign("/logout"))}>Sign out</button>
 */
export function useCoviuSignOut(): () => Promise<void> {
  const { client } = useCoviu();
  return useCallback(async () => {
    client.end();
    signOutOtherTabs(client);
  }, [client]);
}
