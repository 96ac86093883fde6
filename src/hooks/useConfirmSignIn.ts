import { useCallback } from "react";

import { CoviuError } from "../api/errors.ts";
import { listSessions } from "../api/sessions.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";

/** Gives a function that checks with one small read whether the user is still signed in. It rejects if not. */
export function useConfirmSignIn(): () => Promise<void> {
  const { client } = useCoviu();
  return useCallback(async () => {
    client.connection.resume();
    try {
      await listSessions(client, { page_size: 1 });
    } catch (error) {
      // A user without the right to a list is signed in all the same.
      if (!CoviuError.is(error) || error.code !== "forbidden") throw error;
    }
  }, [client]);
}
