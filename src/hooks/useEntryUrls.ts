import { useMemo } from "react";

import { joinUrl, revealEntryUrl } from "../api/entryUrl.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";

/** Links that the clinic's server gives one by one, if it does so. */
export function useEntryUrls() {
  const { client } = useCoviu();
  return useMemo(
    () => ({
      onDemand: client.entryUrls === "on-demand",
      /** @throws CoviuError */
      reveal: (participantId: string, signal?: AbortSignal) => revealEntryUrl(client, participantId, { signal }),
      /** Leads to the session by way of the server, with nothing secret in it. */
      joinUrl: (participantId: string) => joinUrl(client, participantId),
    }),
    [client],
  );
}
