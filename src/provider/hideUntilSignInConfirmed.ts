import type { CoviuClient } from "../api/client.ts";
import type { CoviuErrorOutcome } from "../api/errors.ts";
import { createStore } from "../api/store.ts";

/** Clients whose sign-in is not confirmed yet. */
const waiting = new Set<CoviuClient>();
const retryMs = 5000;

/** Whether components have to be hidden, because the page was left and the sign-in is not confirmed since. */
export const signInUnconfirmed = createStore(false);

/**
 * Hides what was read while a page is shown again by the back button: its user may have signed out since. It is shown
 * when a request has confirmed the sign-in. The client ends if the sign-in is over, or was so when the page was left.
 * Leaving a page only hides it, so that nothing typed is lost.
 */
export function hideUntilSignInConfirmed(client: CoviuClient, unmounting: AbortSignal): void {
  const isSignedOut = () => client.connection.state === "signed-out";

  function leave(): void {
    waiting.add(client);
    update();
  }
  function show(): void {
    waiting.delete(client);
    update();
  }
  async function confirm(): Promise<void> {
    if (!waiting.has(client)) return;
    // Left without a sign-in: another user may have signed in meanwhile.
    if (isSignedOut()) return client.end();
    const known = await client.http("sessions", { searchParams: { page_size: 1 } }).then(
      () => true,
      // A user without the right to a list is signed in all the same.
      ({ outcome }: { outcome?: CoviuErrorOutcome }) => outcome === "refused",
    );
    if (isSignedOut()) client.end();
    else if (known) show();
    else setTimeout(confirm, retryMs);
  }
  addEventListener("pagehide", leave, { signal: unmounting });
  addEventListener("pageshow", confirm, { signal: unmounting });
  unmounting.addEventListener("abort", show);
}

function update(): void {
  // For parts of the app that show what was read.
  document.documentElement.toggleAttribute("data-coviu-away", waiting.size > 0);
  signInUnconfirmed.set(waiting.size > 0);
}
