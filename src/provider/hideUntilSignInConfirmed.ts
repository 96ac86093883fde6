import type { CoviuClient } from "../api/client.ts";
import type { CoviuErrorOutcome } from "../api/errors.ts";
import { createStore } from "../api/store.ts";

/** Clients whose sign-in is not confirmed since the page was left. */
const unconfirmed = new Set<CoviuClient>();
const retryMs = 5000;

/** Whether components are hidden, because the sign-in is not confirmed since the page was left. */
export const signInUnconfirmed = createStore(false);

/**
 * Hides the data of a page that the back button shows again, because its user may have signed out. The data is shown when a
 * request has confirmed the sign-in. The client ends if the user is signed out, or was so when the page was left. A page is
 * only hidden when it is left, so that typed text is not lost.
 */
export function hideUntilSignInConfirmed(client: CoviuClient, unmounting: AbortSignal): void {
  const isSignedOut = () => client.connection.state === "signed-out";

  function leave(): void {
    unconfirmed.add(client);
    update();
  }
  function show(): void {
    unconfirmed.delete(client);
    update();
  }
  async function confirm(): Promise<void> {
    if (!unconfirmed.has(client)) return;
    // The user was signed out when the page was left. Another user may have signed in since.
    if (isSignedOut()) return client.end();
    const isConfirmed = await client.http("sessions", { searchParams: { page_size: 1 } }).then(
      () => true,
      // A user who may not read lists is signed in too.
      ({ outcome }: { outcome?: CoviuErrorOutcome }) => outcome === "refused",
    );
    if (isSignedOut()) client.end();
    else if (isConfirmed) show();
    else setTimeout(confirm, retryMs);
  }
  addEventListener("pagehide", leave, { signal: unmounting });
  addEventListener("pageshow", confirm, { signal: unmounting });
  unmounting.addEventListener("abort", show);
}

function update(): void {
  // The app can hide its own elements by this attribute.
  document.documentElement.toggleAttribute("data-coviu-away", unconfirmed.size > 0);
  signInUnconfirmed.set(unconfirmed.size > 0);
}
