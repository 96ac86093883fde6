import type { QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";
import { blankUntilConfirmed } from "./away.ts";
import { recover } from "./recovery.ts";
import { readAfterSleep } from "./wake.ts";

/** Does what is due when the service fails or the page is left: none of it before the first paint. */
export function watch(client: CoviuClient, queryClient: QueryClient, leaving: AbortSignal): void {
  recover(client, queryClient, leaving);
  readAfterSleep(client, queryClient, leaving);
  blankUntilConfirmed(client, leaving);
}
