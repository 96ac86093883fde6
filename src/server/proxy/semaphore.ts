import { isNode } from "./runtime.ts";
import { waitFor } from "./timers.ts";

interface QueueEntry {
  seenAt: number;
  wake?: () => void;
}

/** The right to go on, until it is released. */
export interface Permit {
  /** Keeps the permit for another lease. */
  renew: () => void;
  release: () => void;
}

interface SemaphoreOptions {
  /** Callers that hold a permit at the same time. */
  maxPermits: number;
  /** Time after which a permit or a place in the queue expires if it is not renewed, in ms. */
  leaseMs: number;
  /**
   * Callers that may wait.
   *
   * @default Infinity
   */
  maxWaiting?: number;
}

interface AcquireOptions {
  /** Time that the caller waits, in ms. */
  timeoutMs: number;
  signal?: AbortSignal | null | undefined;
}

/**
 * Creates a counting semaphore. Callers get permits in the order in which they asked.
 *
 * It is hand-written because libraries wake a caller by resolving a promise that another request made, which workerd
 * does not allow. The queue is plain data, and outside Node each caller polls with timers of its own. A caller whose
 * request ended without cleanup loses its place with its lease.
 */
export function createSemaphore({ maxPermits, leaseMs, maxWaiting = Infinity }: SemaphoreOptions) {
  /** The first `maxPermits` entries hold a permit, the others wait. */
  let queue: QueueEntry[] = [];

  return {
    /** Whether no caller holds a permit or waits. */
    isIdle: () => queue.length === 0,

    /** @returns A permit, or the reason why there is none. */
    async acquire({ timeoutMs, signal }: AcquireOptions): Promise<Permit | "full" | "timeout"> {
      let now = performance.now();
      queue = queue.filter(({ seenAt }) => seenAt + leaseMs > now);
      if (queue.length >= maxPermits + maxWaiting) return "full";
      const giveUpAt = now + timeoutMs;
      const own: QueueEntry = { seenAt: now };
      queue.push(own);
      const release = () => {
        queue = queue.filter((entry) => entry !== own);
        if (isNode()) queue[maxPermits - 1]?.wake?.();
      };
      for (;;) {
        now = performance.now();
        own.seenAt = now;
        let position = queue.indexOf(own);
        if (position >= maxPermits && queue.some(({ seenAt }) => seenAt + leaseMs <= now)) {
          queue = queue.filter(({ seenAt }) => seenAt + leaseMs > now);
          position = queue.indexOf(own);
        }
        // Another caller removed this entry while the machine slept for longer than the lease.
        if (position < 0) position = queue.push(own) - 1;
        if (position < maxPermits) return { renew: () => void (own.seenAt = performance.now()), release };
        if (now >= giveUpAt || signal?.aborted) {
          release();
          return "timeout";
        }
        // Callers at the front of the queue poll more often than those at its end.
        const pollMs = isNode() ? 1000 : Math.min(250, 5 + 2 * (position - maxPermits));
        // oxlint-disable-next-line no-await-in-loop -- until it is this caller's turn
        await waitFor(Math.min(pollMs, giveUpAt - now), signal, (end) => {
          own.wake = end;
        });
      }
    },
  };
}
