import { useCallback } from "react";

import { CoviuError } from "../api/errors.ts";
import { listSessions } from "../api/sessions.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";

/** Returns a function that sends one small read. It rejects if the user is not signed in any more. */
export function useConfirmSignIn(): () => Promise<void> {
  const { client } = useCoviu();
  return useCallback(async () => {
    client.connection.resume();
    try {
      await listSessions(client, { page_size: 1 });
    } catch (error) {
      // A user who may not read lists is signed in too.
      if (!CoviuError.is(error) || error.code !== "forbidden") throw error;
    }
  }, [client]);
}
