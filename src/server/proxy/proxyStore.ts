/**
 * Store of a proxy for outcomes of writes, locks and counts. Several servers share one. Keys are digests, and outcomes
 * are encrypted: the store contains no names, entry links or ids in plain text.
 *
 * A call that throws, returns a wrong value or takes longer than 10 s is reported to `onError`, and the write is refused
 * with 503.
 */
export interface ProxyStore {
  /** Reads the value of a key; `undefined` if there is none. */
  get(key: string): Promise<string | undefined>;
  /**
   * Replaces `expected` by `value` atomically (compare-and-swap). `undefined` stands for no value. The new value expires
   * after `ttlSeconds`.
   *
   * `evictable` values, such as the outcome of a finished write, may be dropped earlier if memory is short, the oldest
   * first. Any other value must be kept, or the call must fail.
   *
   * @returns Whether the value was `expected`. Of several concurrent calls only one returns `true`.
   */
  swap(
    key: string,
    expected: string | undefined,
    value: string | undefined,
    ttlSeconds: number,
    options?: { evictable?: boolean | undefined },
  ): Promise<boolean>;
}
