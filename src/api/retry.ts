import type { ConnectionControl } from "./connection.ts";
import { CoviuError, notSent } from "./errors.ts";
import { sleep, withTimeout } from "./withTimeout.ts";

const maxAttempts = 3;
const baseDelayMs = 300;
const maxDelayMs = 8000;
/** Reads that waited for the service are spread over this time. */
const spreadMs = 2000;

interface RetryOptions {
  operation: string;
  signal: AbortSignal | undefined;
  /** Time for all attempts and delays. */
  totalMs: number;
}

/**
 * Repeats a failed read: with full jitter, and not before the `Retry-After` of the server, which all reads of a client wait
 * for. A delay that exceeds the total time fails at once. Writes are never repeated here, since a repeat could book twice.
 *
 * Hand-written because ky repeats before a response is decoded, and has no budget that all reads of a client share.
 */
export function retryReads<Output>(
  connection: ConnectionControl,
  read: (signal: AbortSignal) => Promise<Output>,
  { operation, signal: given, totalMs }: RetryOptions,
): Promise<Output> {
  const until = performance.now() + totalMs;

  return withTimeout(totalMs, [given], async (signal) => {
    for (let attempt = 1; ; attempt += 1) {
      const waitMs = connection.waitMs();
      if (waitMs > 0) {
        if (performance.now() + waitMs > until) {
          const retryAfter = Math.ceil(waitMs / 1000);
          throw notSent("rate_limited", operation, { retryAfter });
        }
        // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
        await sleep(waitMs + Math.random() * spreadMs, signal);
      }
      try {
        // oxlint-disable-next-line no-await-in-loop
        return await read(signal);
      } catch (error) {
        if (!CoviuError.is(error) || !isWorthRepeating(error, attempt) || signal.aborted) throw error;
        // The wait that the server asked for comes before the next attempt, above.
        if (error.retryAfter !== undefined) {
          if (performance.now() + error.retryAfter * 1000 > until) throw error;
        } else {
          const delayMs = Math.random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (attempt - 1));
          if (performance.now() + delayMs >= until || !connection.takeRetryBudget()) throw error;
          // oxlint-disable-next-line no-await-in-loop
          await sleep(delayMs, signal);
        }
      }
    }
  });
}

/** Whether a repeat can help. A truncated response may be complete the second time. After a 408 the server has given up. */
function isWorthRepeating({ retryable, code, status }: CoviuError, attempt: number): boolean {
  if (code === "bad_response") return attempt === 1 && status === undefined;
  return retryable && code !== "auth_unavailable" && status !== 408 && attempt < maxAttempts;
}
