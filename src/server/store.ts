/**
 * Where a proxy keeps what several of its servers must agree on: which writes have been done, and who is at work on
 * which session. Values are sealed: whoever reads the store learns no name, link or id.
 *
 * A call that throws, gives something else or takes more than 10 s is an error that `onError` is told; a write is then
 * refused with 503.
 */
export interface ProxyStore {
  get(key: string): Promise<string | undefined>;
  /**
   * Puts `value` (or nothing) in the place of `was` (or of nothing), if that is still there: of several who try at once,
   * one gets `true`. After so many seconds it is gone.
   *
   * `evictable` values may be dropped earlier where memory is short, the oldest first: the outcome of a write that is
   * settled, for instance. A value without it must be kept, or the call must fail.
   */
  swap(
    key: string,
    was: string | undefined,
    value: string | undefined,
    seconds: number,
    options?: { evictable?: boolean | undefined },
  ): Promise<boolean>;
}

export interface MemoryStoreOptions {
  /**
   * Time in ms since 1970.
   *
   * @default Date.now
   */
  now?: (() => number) | undefined;
  /**
   * Bytes that keys and values may take together. Where they are used up, settled outcomes are dropped, the oldest first
   * and none of the last ten minutes; if that is not enough, writes are refused with 503.
   *
   * @default 67108864
   */
  maxBytes?: number | undefined;
}

interface Entry {
  value: string;
  until: number;
  /** When it may be dropped; `Infinity` if it may not. */
  evictableAt: number;
}

const sweepEvery = 1000;
/** Browsers repeat a write by themselves within seconds, people within minutes. */
const keptForMs = 600_000;
/** Of an entry of a map, beside its texts. */
const overheadBytes = 200;

/**
 * Keeps everything in memory, for one server: what is in it is gone with the process.
 *
 * @example
 * createCoviuProxy({ …, store: createMemoryStore({ maxBytes: 16_000_000 }) });
 */
export function createMemoryStore(options: MemoryStoreOptions | (() => number) = {}): ProxyStore {
  const { now = Date.now, maxBytes = 67_108_864 } = typeof options === "function" ? { now: options } : options;
  if (!(maxBytes > 0)) throw new TypeError("createMemoryStore: maxBytes must be a number above 0.");
  /** In the order in which they were written. */
  const entries = new Map<string, Entry>();
  let bytes = 0;
  let untilSweep = sweepEvery;

  function valid(key: string): string | undefined {
    const entry = entries.get(key);
    return entry && entry.until > now() ? entry.value : undefined;
  }

  function remove(key: string): void {
    const entry = entries.get(key);
    if (!entry) return;
    entries.delete(key);
    bytes -= sizeOf(key, entry.value);
  }

  function sweep(): void {
    untilSweep = sweepEvery;
    for (const [key, { until }] of entries) if (until <= now()) remove(key);
  }

  /** @throws RangeError if it does not fit */
  function makeRoom(size: number): void {
    if (bytes + size <= maxBytes) return;
    sweep();
    for (const [key, { evictableAt }] of entries) {
      if (bytes + size <= maxBytes) return;
      if (evictableAt <= now()) remove(key);
    }
    if (bytes + size > maxBytes)
      throw new RangeError("The memory store is full. Give createMemoryStore more maxBytes.");
  }

  return {
    get: async (key) => valid(key),
    async swap(key, was, value, seconds, { evictable = false } = {}) {
      if (valid(key) !== was) return false;
      const before = entries.get(key);
      remove(key);
      if (value !== undefined) {
        const size = sizeOf(key, value);
        try {
          makeRoom(size);
        } catch (error) {
          if (before) {
            entries.set(key, before);
            bytes += sizeOf(key, before.value);
          }
          throw error;
        }
        entries.set(key, {
          value,
          until: now() + seconds * 1000,
          evictableAt: evictable ? now() + keptForMs : Infinity,
        });
        bytes += size;
      }
      untilSweep -= 1;
      if (untilSweep <= 0) sweep();
      return true;
    },
  };
}

/** Keys and sealed values are ASCII: engines keep one byte for each sign. */
function sizeOf(key: string, value: string): number {
  return key.length + value.length + overheadBytes;
}
