import { useCallback } from "react";

import { CoviuError } from "../api/errors.ts";
import { listSessions } from "../api/sessions.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";

/** Gives a function that asks the server with one small read whether the sign-in still holds, and rejects if not. */
export function useConfirmSignIn(): () => Promise<void> {
  const { client } = useCoviu();
  return useCallback(async () => {
    client.connection.resume();
    try {
      await listSessions(client, { page_size: 1 });
    } catch (error) {
      // Whoever may not see a list is known to the server all the same.
      if (!CoviuError.is(error) || error.code !== "forbidden") throw error;
    }
  }, [client]);
}
