import type { QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";
import { hideUntilSignInConfirmed } from "./hideUntilSignInConfirmed.ts";
import { refetchAfterOutage } from "./refetchAfterOutage.ts";
import { refetchAfterSleep } from "./refetchAfterSleep.ts";

/** Refetches after outages and sleep, and hides data until the sign-in is confirmed, until `unmounting` is aborted. */
export function watchPage(client: CoviuClient, queryClient: QueryClient, unmounting: AbortSignal): void {
  refetchAfterOutage(client, queryClient, unmounting);
  refetchAfterSleep(client, queryClient, unmounting);
  hideUntilSignInConfirmed(client, unmounting);
}
