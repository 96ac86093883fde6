import { useSyncExternalStore } from "react";

import type { ConnectionState } from "../api/connection.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";

/** How things stand with the service, for a screen that says so: `down` and `signed-out` pass, `ended` does not. */
export function useCoviuConnection(): ConnectionState {
  const { connection } = useCoviu().client;
  return useSyncExternalStore(
    connection.subscribe,
    () => connection.state,
    () => "up",
  );
}
