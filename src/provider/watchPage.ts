import type { QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";
import { hideUntilSignInConfirmed } from "./hideUntilSignInConfirmed.ts";
import { refetchAfterOutage } from "./refetchAfterOutage.ts";
import { refetchAfterSleep } from "./refetchAfterSleep.ts";

/** Reacts to the end of an outage, to a computer that slept, and to a page that is shown again, until `unmounting` is aborted. */
export function watchPage(client: CoviuClient, queryClient: QueryClient, unmounting: AbortSignal): void {
  refetchAfterOutage(client, queryClient, unmounting);
  refetchAfterSleep(client, queryClient, unmounting);
  hideUntilSignInConfirmed(client, unmounting);
}
