import type { CoviuClient } from "../api/client.ts";

/** Where the tabs of this origin that show the same clinic hear of each other. */
export function channelOf({ baseUrl, scope = "" }: CoviuClient): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(`coviu-react ${scope} ${baseUrl}`);
  } catch {
    // Not there, or refused together with the storage: then each tab is on its own.
    return undefined;
  }
}

/** Ends this client in the other tabs of this origin, too. */
export function tellTabs(client: CoviuClient): void {
  const tabs = channelOf(client);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
  tabs?.postMessage("signed-out");
  tabs?.close();
}
