import { notSent } from "../../api/errors.ts";

/** Requests that may wait for their turn. */
const mostWaiting = 1000;

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
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      function leave(): void {
        waiting.delete(begin);
        reject(signal?.reason);
      }
      waiting.add(begin);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }

  function next(): void {
    const [begin] = waiting;
    if (!begin) open -= 1;
    else {
      waiting.delete(begin);
      begin();
    }
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
