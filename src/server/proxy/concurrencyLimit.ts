import { notSent } from "../../api/errors.ts";
import { createSemaphore } from "./semaphore.ts";
import { untilAborted } from "./timers.ts";

/** Requests that may wait for a permit. */
const maxWaiting = 1000;
/** Time that a request waits for a permit, in ms. The rest of its time limit is for the response. */
const acquireTimeoutMs = 5000;
/** Time after which the permit of a request that ended without cleanup is free again, in ms. A request has 8 s. */
const leaseMs = 20_000;

/**
 * Limits how many requests to the service run at once. A request counts until its body is read.
 *
 * @throws CoviuError with outcome `not-sent` if too many requests wait, or no permit gets free in time.
 */
export function createConcurrencyLimit(maxRequests: number) {
  const semaphore = createSemaphore({ maxPermits: maxRequests, leaseMs, maxWaiting });

  return async <Value>(signal: AbortSignal | null | undefined, send: () => Promise<Value>): Promise<Value> => {
    const permit = await semaphore.acquire({ timeoutMs: acquireTimeoutMs, signal });
    if (permit === "full") throw notSent("rate_limited", "request", { retryAfter: 1 });
    if (permit === "timeout") {
      signal?.throwIfAborted();
      throw notSent("timeout", "request");
    }
    try {
      // A `fetch` of the app may ignore its signal. The permit must be released all the same.
      return await untilAborted(signal, send());
    } finally {
      permit.release();
    }
  };
}
