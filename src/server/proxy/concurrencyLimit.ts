import { notSent } from "../../api/errors.ts";
import { createWaitingLine } from "./waitingLine.ts";

/** Requests that may wait for their turn. */
const maxWaiting = 1000;
/** Milliseconds that one waits: what is left of its limit is for the answer. */
const patienceMs = 5000;
/** Milliseconds after which a place is free again whose request has ended without a word. A request has 8 s. */
const leaseMs = 20_000;

/**
 * Limits how many requests are on their way to the service at once. A request counts until its body is read.
 *
 * @throws CoviuError if there are too many, or the turn does not come: the request was not sent.
 */
export function createConcurrencyLimit(places: number) {
  const line = createWaitingLine({ places, leaseMs, maxWaiting });

  return async <Value>(signal: AbortSignal | null | undefined, send: () => Promise<Value>): Promise<Value> => {
    const place = await line.enter({ patienceMs, signal });
    if (place === "full") throw notSent("rate_limited", "request", { retryAfter: 1 });
    if (place === "timeout") {
      signal?.throwIfAborted();
      throw notSent("timeout", "request");
    }
    try {
      return await untilAborted(signal, send());
    } finally {
      place.leave();
    }
  };
}

/** Also ends where a `fetch` of the app's own does not follow its signal: its place must not stay taken. */
function untilAborted<Value>(signal: AbortSignal | null | undefined, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal?.reason);
    if (signal?.aborted) leave();
    signal?.addEventListener("abort", leave, { once: true });
    work.then(resolve, reject).finally(() => signal?.removeEventListener("abort", leave));
  });
}
