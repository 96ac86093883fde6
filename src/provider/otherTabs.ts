import type { CoviuClient } from "../api/client.ts";

const signedOut = "signed-out";

/** Calls `onSignOut` when another tab of this origin signs out of the same address and scope. */
export function onSignOutElsewhere(client: CoviuClient, onSignOut: () => void): () => void {
  const channel = openChannel(client);
  channel?.addEventListener("message", onSignOut);
  return () => channel?.close();
}

/** Ends this client in the other tabs of this origin. */
export function signOutOtherTabs(client: CoviuClient): void {
  const channel = openChannel(client);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- channels have no target origin
  channel?.postMessage(signedOut);
  channel?.close();
}

function openChannel({ baseUrl, scope = "" }: CoviuClient): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(`coviu-react ${scope} ${baseUrl}`);
  } catch {
    // The browser has no channels, or the user has disabled storage. Other tabs are then not informed.
    return undefined;
  }
}
