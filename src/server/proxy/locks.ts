import { sleep, within } from "../../api/within.ts";
import type { ProxyStore } from "../store.ts";
import { Refusal, storeFailed } from "./refusal.ts";
import type { Seal } from "./seal.ts";

/** Seconds after which a lock is free again whose server has died. */
const longest = 120;
/** Milliseconds that somebody waits for others. */
const patience = 20_000;

/** Lets one edit of a session after the other, on however many servers. */
export function createLocks(store: ProxyStore, seal: Seal) {
  const queues = new Map<string, Promise<unknown>>();

  async function held<Value>(key: string, giveUpAt: number, work: () => Promise<Value>): Promise<Value> {
    const mine = crypto.randomUUID();
    for (
      let pause = 20;
      !(await store.swap(key, undefined, mine, longest).catch(storeFailed));
      pause = Math.min(500, pause * 2)
    ) {
      if (Date.now() > giveUpAt) throw busy();
      // oxlint-disable-next-line no-await-in-loop -- until it is free
      await sleep(pause * (0.5 + Math.random()));
    }
    try {
      return await work();
    } finally {
      await store.swap(key, mine, undefined, longest).catch(() => false);
    }
  }

  return async <Value>(sessionId: string, work: () => Promise<Value>): Promise<Value> => {
    // The service may read an id in capitals as the same.
    const key = await seal.digest(`lock\n${sessionId.toLowerCase()}`);
    const giveUpAt = Date.now() + patience;
    // In this process in the order in which they came. Somebody's rule that never answers holds up nobody for ever.
    const before = queues.get(key) ?? Promise.resolve();
    const turn = within(patience, [], () => before).then(
      () => held(key, giveUpAt, work),
      () => Promise.reject(busy()),
    );
    const done = turn.catch(() => {}).finally(() => queues.get(key) === done && queues.delete(key));
    queues.set(key, done);
    return turn;
  };
}

function busy(): Refusal {
  return new Refusal(503, "server", "Others are still changing this session.", { outcome: "not-sent", retryAfter: 1 });
}
