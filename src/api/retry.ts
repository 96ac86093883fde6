import type { Link } from "./connection.ts";
import { CoviuError } from "./errors.ts";

const attempts = 3;
const base = 300;
const cap = 8_000;

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
export async function retryReads<Answer>(
  link: Link,
  read: () => Promise<Answer>,
  { operation, signal, total }: Reading,
): Promise<Answer> {
  const until = performance.now() + total;

  /** Not all at the same moment. */
  async function pause(wait: number, spread: number, error?: CoviuError): Promise<void> {
    const time = wait + Math.random() * spread;
    if (performance.now() + time > until) {
      const code = "rate_limited";
      throw error ?? new CoviuError({ code, operation, outcome: "not-sent", retryAfter: Math.ceil(wait / 1000) });
    }
    await sleep(time, signal);
  }

  for (let attempt = 1; ; attempt += 1) {
    const wait = link.wait();
    // oxlint-disable-next-line no-await-in-loop -- one attempt comes after the other
    if (wait > 0) await pause(wait, 2000);
    try {
      // oxlint-disable-next-line no-await-in-loop
      return await read();
    } catch (error) {
      if (!CoviuError.is(error) || !isWorth(error, attempt) || signal?.aborted) throw error;
      // A wait that the server asked for comes before the next attempt; it floods nobody.
      const isAsked = error.retryAfter !== undefined;
      if (isAsked ? performance.now() + error.retryAfter * 1000 > until : !link.mayRepeat()) throw error;
      // oxlint-disable-next-line no-await-in-loop
      if (link.wait() <= 0) await pause(0, Math.min(cap, base * 2 ** (attempt - 1)), error);
    }
  }
}

/** An answer that was cut short comes whole the second time, or never. */
function isWorth({ retryable, code }: CoviuError, attempt: number): boolean {
  if (code === "bad_response") return attempt === 1;
  return retryable && code !== "auth_unavailable" && attempt < attempts;
}

function sleep(time: number, signal: AbortSignal | undefined): Promise<unknown> {
  return new Promise((resolve) => {
    setTimeout(resolve, time);
    signal?.addEventListener("abort", resolve, { once: true });
  });
}
