import { useMemo } from "react";

import { joinUrl, revealEntryUrl } from "../api/entryUrl.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";

/** Access to entry links, which a proxy may give on demand. */
export function useEntryUrls() {
  const { client } = useCoviu();
  return useMemo(
    () => ({
      onDemand: client.entryUrls === "on-demand",
      /** Requests the entry link of one person. @throws CoviuError */
      reveal: (participantId: string, signal?: AbortSignal) => revealEntryUrl(client, participantId, { signal }),
      /** Address at which the server redirects the user to the session. It holds no secret. */
      joinUrl: (participantId: string) => joinUrl(client, participantId),
    }),
    [client],
  );
}
