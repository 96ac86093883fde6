import { notSent } from "../../api/errors.ts";

/** Requests that may wait for their turn. */
const mostWaiting = 1000;
/** Milliseconds that one waits: what is left of its limit is for the answer. */
const patience = 5000;

/** At most so many requests are on their way to the service at once; the others wait. */
export function gated(fetch: typeof globalThis.fetch, most: number): typeof globalThis.fetch {
  let open = 0;
  const waiting = new Set<() => void>();

  function turn(signal: AbortSignal | null | undefined): Promise<void> {
    if (open < most) {
      open += 1;
      return Promise.resolve();
    }
    if (waiting.size >= mostWaiting) return Promise.reject(notSent("rate_limited", "request", { retryAfter: 1 }));
    return new Promise((resolve, reject) => {
      const begin = () => {
        end();
        resolve();
      };
      function end(): void {
        clearTimeout(timer);
        signal?.removeEventListener("abort", leave);
        waiting.delete(begin);
      }
      function leave(): void {
        end();
        reject(signal?.reason);
      }
      const timer = setTimeout(() => {
        end();
        // Surely not sent: of a write it is known that it has not happened.
        reject(notSent("timeout", "request"));
      }, patience);
      waiting.add(begin);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }

  function next(): void {
    const [begin] = waiting;
    if (!begin) open -= 1;
    else begin();
  }

  return async (input, init) => {
    await turn(init?.signal);
    try {
      return await fetch(input, init);
    } finally {
      next();
    }
  };
}
