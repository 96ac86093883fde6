import { useSyncExternalStore } from "react";

import type { ConnectionState } from "../api/connection.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";

/**
 * State of the connection to the service, for a screen that shows it. `down` and `signed-out` are temporary, `ended` is not.
 *
 * @example
 * const state = useCoviuConnection();
 */
export function useCoviuConnection(): ConnectionState {
  const { connection } = useCoviu().client;
  return useSyncExternalStore(
    connection.subscribe,
    () => connection.state,
    () => "up",
  );
}
