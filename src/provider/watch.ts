import type { QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";
import { hideUntilSignInConfirmed } from "./hideUntilSignInConfirmed.ts";
import { recover } from "./recovery.ts";
import { readAfterSleep } from "./wake.ts";

/** Watches for what a provider must answer: an outage that is over, a computer that slept, a page shown again. */
export function watch(client: CoviuClient, queryClient: QueryClient, leaving: AbortSignal): void {
  recover(client, queryClient, leaving);
  readAfterSleep(client, queryClient, leaving);
  hideUntilSignInConfirmed(client, leaving);
}
