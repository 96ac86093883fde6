import type { CoviuClient } from "../api/client.ts";
import type { CoviuErrorOutcome } from "../api/errors.ts";

/** Clients of which it is not known whether the person is still signed in. */
const waiting = new Set<CoviuClient>();
const pause = 5000;

/**
 * Going back may show a page as it was left, after its person has signed out: it stays blank until a request has
 * confirmed the sign-in, and ends if that is over or was so when the page was left. Leaving only marks the page, so that nothing typed is lost.
 */
export function blankUntilConfirmed(client: CoviuClient, leaving: AbortSignal): void {
  const isSignedOut = () => client.connection.state === "signed-out";

  function leave(): void {
    waiting.add(client);
    mark();
  }
  function show(): void {
    waiting.delete(client);
    mark();
  }
  async function confirm(): Promise<void> {
    if (!waiting.has(client)) return;
    // Left without a sign-in: whoever has signed in meanwhile may be somebody else.
    if (isSignedOut()) return client.end();
    const known = await client.http("sessions", { searchParams: { page_size: 1 } }).then(
      () => true,
      // Whoever may not see a list is known to the server all the same.
      ({ outcome }: { outcome?: CoviuErrorOutcome }) => outcome === "refused",
    );
    if (isSignedOut()) client.end();
    else if (known) show();
    else setTimeout(confirm, pause);
  }
  addEventListener("pagehide", leave, { signal: leaving });
  addEventListener("pageshow", confirm, { signal: leaving });
  leaving.addEventListener("abort", show);
}

function mark(): void {
  document.documentElement.toggleAttribute("data-coviu-away", waiting.size > 0);
}
