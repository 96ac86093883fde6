import { isNode } from "./runtime.ts";
import { pauseFor } from "./scope.ts";

interface Ticket {
  seenAt: number;
  wake?: () => void;
}

/** A place that was entered. */
export interface Place {
  /** Keeps the place for another lease. */
  renew: () => void;
  leave: () => void;
}

interface WaitingLineOptions {
  /** Callers that are in at the same time. */
  places: number;
  /** Milliseconds after which a place or a turn is free again that its holder has not renewed. */
  leaseMs: number;
  /** Callers that may wait. */
  maxWaiting?: number;
}

interface EnterOptions {
  /** Milliseconds that the caller waits. */
  patienceMs: number;
  signal?: AbortSignal | null | undefined;
}

/**
 * A line in which callers wait for a free place, in the order in which they came.
 *
 * It is plain data, and outside Node each caller polls with timers of its own: in workerd, one request must not end what
 * another one waits for. A caller whose request has ended without a word loses its turn with its lease.
 */
export function createWaitingLine({ places, leaseMs, maxWaiting = Infinity }: WaitingLineOptions) {
  let line: Ticket[] = [];

  return {
    /** Whether nobody is in and nobody waits. */
    isEmpty: () => line.length === 0,

    /** @returns a place, or why there is none */
    async enter({ patienceMs, signal }: EnterOptions): Promise<Place | "full" | "timeout"> {
      let now = performance.now();
      line = line.filter(({ seenAt }) => seenAt + leaseMs > now);
      if (line.length >= places + maxWaiting) return "full";
      const giveUpAt = now + patienceMs;
      const ticket: Ticket = { seenAt: now };
      line.push(ticket);
      const leave = () => {
        line = line.filter((one) => one !== ticket);
        if (isNode()) line[places - 1]?.wake?.();
      };
      for (;;) {
        now = performance.now();
        ticket.seenAt = now;
        let ahead = line.indexOf(ticket);
        if (ahead >= places && line.some(({ seenAt }) => seenAt + leaseMs <= now)) {
          line = line.filter(({ seenAt }) => seenAt + leaseMs > now);
          ahead = line.indexOf(ticket);
        }
        // The machine slept for longer than the lease.
        if (ahead < 0) ahead = line.push(ticket) - 1;
        if (ahead < places) return { renew: () => void (ticket.seenAt = performance.now()), leave };
        if (now >= giveUpAt || signal?.aborted) {
          leave();
          return "timeout";
        }
        // The next ones look often, the last ones seldom.
        const pauseMs = isNode() ? 1000 : Math.min(250, 5 + 2 * (ahead - places));
        // oxlint-disable-next-line no-await-in-loop -- until it is this caller's turn
        await pauseFor(Math.min(pauseMs, giveUpAt - now), signal, (end) => {
          ticket.wake = end;
        });
      }
    },
  };
}
