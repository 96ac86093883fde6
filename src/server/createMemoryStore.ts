import type { ProxyStore } from "./proxy/proxyStore.ts";

/** Options of `createMemoryStore`. */
export interface MemoryStoreOptions {
  /**
   * Returns the time in ms since 1970.
   *
   * @default Date.now
   */
  now?: (() => number) | undefined;
  /**
   * Size of all keys and values, in bytes. When it is reached, outcomes of finished writes are dropped, the oldest first
   * and none of the last ten minutes. If that is not enough, writes are refused with 503.
   *
   * @default 67_108_864 (64 MiB)
   */
  maxBytes?: number | undefined;
}

interface Entry {
  value: string;
  /** In ms since 1970. */
  expiresAt: number;
  /** Time from which it may be dropped, in ms since 1970; `Infinity` if never. */
  evictableAt: number;
}

/** Writes between two removals of expired entries. */
const sweepEvery = 1000;
/** Browsers repeat a write within seconds, users within minutes. */
const minKeptMs = 600_000;
/** Size of an entry of a map, without its strings. */
const overheadBytes = 200;

/**
 * Creates a store in memory, for a single server. Its content is lost when the process ends.
 *
 * @throws TypeError if `maxBytes` is not above 0.
 *
 * @example
 * createCoviuProxy({ …, store: createMemoryStore({ maxBytes: 16_000_000 }) });
 */
export function createMemoryStore(options: MemoryStoreOptions | (() => number) = {}): ProxyStore {
  const { now = Date.now, maxBytes = 67_108_864 } = typeof options === "function" ? { now: options } : options;
  if (!(maxBytes > 0)) throw new TypeError("createMemoryStore: maxBytes must be a number above 0.");
  /** Oldest first. */
  const entries = new Map<string, Entry>();
  let bytes = 0;
  let writesUntilSweep = sweepEvery;

  function read(key: string): string | undefined {
    const entry = entries.get(key);
    return entry && entry.expiresAt > now() ? entry.value : undefined;
  }

  function remove(key: string): void {
    const entry = entries.get(key);
    if (!entry) return;
    entries.delete(key);
    bytes -= sizeOf(key, entry.value);
  }

  function sweep(): void {
    writesUntilSweep = sweepEvery;
    for (const [key, { expiresAt }] of entries) if (expiresAt <= now()) remove(key);
  }

  /** @throws RangeError if it does not fit. */
  function makeRoom(size: number): void {
    if (bytes + size <= maxBytes) return;
    sweep();
    for (const [key, { evictableAt }] of entries) {
      if (bytes + size <= maxBytes) return;
      if (evictableAt <= now()) remove(key);
    }
    if (bytes + size > maxBytes)
      throw new RangeError("The memory store is full. Increase maxBytes of createMemoryStore.");
  }

  return {
    get: async (key) => read(key),
    async swap(key, expected, value, ttlSeconds, { evictable = false } = {}) {
      if (read(key) !== expected) return false;
      const previous = entries.get(key);
      remove(key);
      if (value !== undefined) {
        const size = sizeOf(key, value);
        try {
          makeRoom(size);
        } catch (error) {
          if (previous) {
            entries.set(key, previous);
            bytes += sizeOf(key, previous.value);
          }
          throw error;
        }
        entries.set(key, {
          value,
          expiresAt: now() + ttlSeconds * 1000,
          evictableAt: evictable ? now() + minKeptMs : Infinity,
        });
        bytes += size;
      }
      writesUntilSweep -= 1;
      if (writesUntilSweep <= 0) sweep();
      return true;
    },
  };
}

/** Keys and encrypted values are ASCII, for which engines use one byte per character. */
function sizeOf(key: string, value: string): number {
  return key.length + value.length + overheadBytes;
}
