import { CoviuError } from "./errors.ts";

const attempts = 3;
const base = 300;
const cap = 8_000;

/**
 * Sends a read again when that can help: full jitter, and not before the server's `Retry-After`. What does not fit
 * into the total fails at once. Writes never come here: a repeat could book twice.
 */
export async function retryReads<Answer>(
  read: () => Promise<Answer>,
  { signal, total }: { signal: AbortSignal | undefined; total: number },
): Promise<Answer> {
  const until = Date.now() + total;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      const worthIt = CoviuError.is(error) && error.retryable && error.code !== "auth_unavailable";
      if (!worthIt || attempt === attempts || signal?.aborted) throw error;
      const spread = Math.random() * Math.min(cap, base * 2 ** (attempt - 1));
      const wait = (error.retryAfter ?? 0) * 1000 + spread;
      if (Date.now() + wait > until) throw error;
      await sleep(wait, signal);
    }
  }
}

function sleep(time: number, signal: AbortSignal | undefined): Promise<unknown> {
  return new Promise((resolve) => {
    setTimeout(resolve, time);
    signal?.addEventListener("abort", resolve, { once: true });
  });
}
