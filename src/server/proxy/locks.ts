import type { GuardedStore } from "./guardedStore.ts";
import { Refusal } from "./refusal.ts";
import { pauseFor, type RequestScope } from "./scope.ts";
import type { Seal } from "./seal.ts";
import { createWaitingLine, type Place } from "./waitingLine.ts";

/** A lock of a server that has died is free again after this long. A server at work renews it. */
const leaseSeconds = 15;
const renewEveryMs = 5000;
/** The answer to a write may take 8 s: the lock must last as long. */
const neededMs = 8000;
/** Milliseconds that a request waits for others. */
const patienceMs = 20_000;

/** A lock that is held. */
export interface Lock {
  /** @throws Refusal if it may end before a write is answered */
  assertHeld: () => Promise<void>;
}

export type HoldLock = <Value>(name: string, work: (lock: Lock) => Promise<Value>) => Promise<Value>;

/** Lets one write of a session after the other, on however many servers. */
export function createLocks() {
  /** Requests of this server wait in the order in which they came. */
  const lines = new Map<string, ReturnType<typeof createWaitingLine>>();

  async function enterLine(key: string, timeMs: number): Promise<Place> {
    const line = lines.get(key) ?? createWaitingLine({ places: 1, leaseMs: leaseSeconds * 1000 });
    lines.set(key, line);
    const place = await line.enter({ patienceMs: timeMs });
    const forget = () => {
      if (line.isEmpty() && lines.get(key) === line) lines.delete(key);
    };
    if (typeof place === "string") {
      forget();
      throw busy();
    }
    return {
      renew: place.renew,
      leave() {
        place.leave();
        forget();
      },
    };
  }

  return (store: GuardedStore, seal: Seal, scope: RequestScope): HoldLock =>
    async (name, work) => {
      const giveUpAt = performance.now() + Math.min(patienceMs, scope.remainingMs());
      const leftMs = () => Math.max(0, giveUpAt - performance.now());
      // The service may read an id in capitals as the same.
      const key = await seal.digest(`lock\n${name.toLowerCase()}`);
      const place = await enterLine(key, leftMs());
      const mine = crypto.randomUUID();
      let heldUntil = 0;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const release = () => store.swap(key, mine, undefined, leaseSeconds, { cleanup: true }).catch(() => false);

      async function acquire(): Promise<void> {
        for (let pauseMs = 20; ; pauseMs = Math.min(500, pauseMs * 2)) {
          const from = performance.now();
          // oxlint-disable-next-line no-await-in-loop -- until it is free
          if (await store.swap(key, undefined, mine, leaseSeconds)) {
            heldUntil = from + leaseSeconds * 1000;
            return;
          }
          if (leftMs() === 0) throw busy();
          place.renew();
          // oxlint-disable-next-line no-await-in-loop
          await pauseFor(Math.min(leftMs(), pauseMs * (0.5 + Math.random())));
        }
      }

      async function renew(): Promise<void> {
        const from = performance.now();
        if (!(await store.swap(key, mine, mine, leaseSeconds))) heldUntil = 0;
        else heldUntil = from + leaseSeconds * 1000;
        place.renew();
      }

      function renewLater(): void {
        timer = setTimeout(() => {
          renew()
            .catch(() => {})
            .finally(() => timer && renewLater());
        }, renewEveryMs);
      }

      try {
        await acquire().catch(async (error: unknown) => {
          // A store that did not answer may do it late.
          await release();
          throw error;
        });
        renewLater();
        return await work({
          async assertHeld() {
            if (heldUntil - performance.now() < neededMs) await renew();
            if (heldUntil - performance.now() < neededMs) throw busy();
          },
        });
      } finally {
        clearTimeout(timer);
        timer = undefined;
        if (heldUntil > 0) await release();
        place.leave();
      }
    };
}

function busy(): Refusal {
  return new Refusal(503, "server", "Others are still changing this session.", { outcome: "not-sent", retryAfter: 1 });
}
