import type { Encryption } from "./encryption.ts";
import type { GuardedStore } from "./guardedStore.ts";
import { ProxyError } from "./proxyError.ts";
import type { RequestScope } from "./requestScope.ts";
import { createSemaphore, type Permit } from "./semaphore.ts";
import { waitFor } from "./timers.ts";

/** Time after which the lock of a server that died is free, in seconds. A running server renews its lock. */
const lockSeconds = 15;
const renewEveryMs = 5000;
/** Time that a lock must still last when a write is sent, in ms: the service has 8 s to respond. */
const minHeldMs = 8000;
/** Time that a request waits for the lock, in ms. */
const acquireTimeoutMs = 20_000;

/** A lock that is held. */
export interface Lock {
  /** @throws ProxyError if the lock may expire before the write has a response. */
  assertHeld: () => Promise<void>;
}

/** Runs the work while holding the lock of that name. */
export type HoldLock = <Value>(name: string, work: (lock: Lock) => Promise<Value>) => Promise<Value>;

/**
 * Creates locks that serialize the writes of a session across all servers.
 *
 * They are hand-written because a lock library needs one particular store, and these need only `get` and `swap`.
 */
export function createLocks() {
  /** Requests of this server queue here, so that one of them at a time polls the store. */
  const semaphores = new Map<string, ReturnType<typeof createSemaphore>>();

  async function acquirePermit(key: string, timeoutMs: number): Promise<Permit> {
    const semaphore = semaphores.get(key) ?? createSemaphore({ maxPermits: 1, leaseMs: lockSeconds * 1000 });
    semaphores.set(key, semaphore);
    const permit = await semaphore.acquire({ timeoutMs });
    const removeIfIdle = () => {
      if (semaphore.isIdle() && semaphores.get(key) === semaphore) semaphores.delete(key);
    };
    if (typeof permit === "string") {
      removeIfIdle();
      throw lockTimeout();
    }
    return {
      renew: permit.renew,
      release() {
        permit.release();
        removeIfIdle();
      },
    };
  }

  return (store: GuardedStore, encryption: Encryption, scope: RequestScope): HoldLock =>
    async (name, work) => {
      const giveUpAt = performance.now() + Math.min(acquireTimeoutMs, scope.remainingMs());
      const remainingMs = () => Math.max(0, giveUpAt - performance.now());
      // The service may treat ids that differ only in case as the same id.
      const key = await encryption.digest(`lock\n${name.toLowerCase()}`);
      const permit = await acquirePermit(key, remainingMs());
      const owner = crypto.randomUUID();
      let heldUntil = 0;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const release = () => store.swap(key, owner, undefined, lockSeconds, { cleanup: true }).catch(() => false);

      async function acquire(): Promise<void> {
        for (let pauseMs = 20; ; pauseMs = Math.min(500, pauseMs * 2)) {
          const from = performance.now();
          // oxlint-disable-next-line no-await-in-loop -- until it is free
          if (await store.swap(key, undefined, owner, lockSeconds)) {
            heldUntil = from + lockSeconds * 1000;
            return;
          }
          if (remainingMs() === 0) throw lockTimeout();
          permit.renew();
          // oxlint-disable-next-line no-await-in-loop
          await waitFor(Math.min(remainingMs(), pauseMs * (0.5 + Math.random())));
        }
      }

      async function renew(): Promise<void> {
        const from = performance.now();
        if (!(await store.swap(key, owner, owner, lockSeconds))) heldUntil = 0;
        else heldUntil = from + lockSeconds * 1000;
        permit.renew();
      }

      function scheduleRenewal(): void {
        timer = setTimeout(() => {
          renew()
            .catch(() => {})
            .finally(() => timer && scheduleRenewal());
        }, renewEveryMs);
      }

      try {
        await acquire().catch(async (error: unknown) => {
          // A swap without a response may still happen later.
          await release();
          throw error;
        });
        scheduleRenewal();
        return await work({
          async assertHeld() {
            if (heldUntil - performance.now() < minHeldMs) await renew();
            if (heldUntil - performance.now() < minHeldMs) throw lockTimeout();
          },
        });
      } finally {
        clearTimeout(timer);
        timer = undefined;
        if (heldUntil > 0) await release();
        permit.release();
      }
    };
}

function lockTimeout(): ProxyError {
  return new ProxyError(503, "server", "Another change to this session is still in progress.", {
    outcome: "not-sent",
    retryAfter: 1,
  });
}
