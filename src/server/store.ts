/**
 * Where a proxy keeps what several of its servers must agree on: which writes have been done, and who is at work on
 * which session. Values are sealed: whoever reads the store learns no name, link or id.
 */
export interface ProxyStore {
  get(key: string): Promise<string | undefined>;
  /**
   * Puts `value` (or nothing) in the place of `was` (or of nothing), if that is still there: of several who try at once,
   * one gets `true`. After so many seconds it is gone.
   */
  swap(key: string, was: string | undefined, value: string | undefined, seconds: number): Promise<boolean>;
}

const sweepEvery = 1000;

/** For one server: what is in it is gone with the process. */
export function createMemoryStore(now: () => number = Date.now): ProxyStore {
  const entries = new Map<string, { value: string; until: number }>();
  let untilSweep = sweepEvery;

  function valid(key: string): string | undefined {
    const entry = entries.get(key);
    return entry && entry.until > now() ? entry.value : undefined;
  }

  function sweep(): void {
    untilSweep = sweepEvery;
    for (const [key, { until }] of entries) if (until <= now()) entries.delete(key);
  }

  return {
    get: async (key) => valid(key),
    async swap(key, was, value, seconds) {
      if (valid(key) !== was) return false;
      entries.delete(key);
      if (value !== undefined) entries.set(key, { value, until: now() + seconds * 1000 });
      untilSweep -= 1;
      if (untilSweep <= 0) sweep();
      return true;
    },
  };
}
