import type { ConnectionControl } from "./connection.ts";
import { CoviuError, notSent } from "./errors.ts";
import { sleep, withTimeout } from "./withTimeout.ts";

const attempts = 3;
const base = 300;
const cap = 8_000;
/** Milliseconds over which reads that waited for the service come back. */
const spread = 2_000;

interface Reading {
  operation: string;
  signal: AbortSignal | undefined;
  /** Milliseconds for all attempts and pauses. */
  total: number;
}

/**
 * Sends a read again when that can help: full jitter, and not before the server's `Retry-After`, for which all reads
 * of a client wait. What does not fit into the total fails at once. Writes never come here: a repeat could book twice.
 */
export function retryReads<Answer>(
  connection: ConnectionControl,
  read: (signal: AbortSignal) => Promise<Answer>,
  { operation, signal: given, total }: Reading,
): Promise<Answer> {
  const until = performance.now() + total;

  return withTimeout(total, [given], async (signal) => {
    for (let attempt = 1; ; attempt += 1) {
      const wait = connection.waitMs();
      if (wait > 0) {
        if (performance.now() + wait > until) {
          const retryAfter = Math.ceil(wait / 1000);
          throw notSent("rate_limited", operation, { retryAfter });
        }
        // oxlint-disable-next-line no-await-in-loop -- one attempt comes after the other, and not all at one moment
        await sleep(wait + Math.random() * spread, signal);
      }
      try {
        // oxlint-disable-next-line no-await-in-loop
        return await read(signal);
      } catch (error) {
        if (!CoviuError.is(error) || !isWorth(error, attempt) || signal.aborted) throw error;
        // A wait that the server asked for comes before the next attempt; it floods nobody.
        if (error.retryAfter !== undefined) {
          if (performance.now() + error.retryAfter * 1000 > until) throw error;
        } else {
          const pause = Math.random() * Math.min(cap, base * 2 ** (attempt - 1));
          if (performance.now() + pause >= until || !connection.takeRetryBudget()) throw error;
          // oxlint-disable-next-line no-await-in-loop
          await sleep(pause, signal);
        }
      }
    }
  });
}

/** An answer that was cut short may come whole the second time. A server that says 408 has given up on us. */
function isWorth({ retryable, code, status }: CoviuError, attempt: number): boolean {
  if (code === "bad_response") return attempt === 1 && status === undefined;
  return retryable && code !== "auth_unavailable" && status !== 408 && attempt < attempts;
}
