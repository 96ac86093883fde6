/**
 * Work that ends with any of these signals, or when it takes too long. The signal it is given is held by the timer: one
 * made by `AbortSignal.any` or `AbortSignal.timeout` can be collected in Node while a body is still being read.
 */
export async function within<Value>(
  time: number,
  signals: readonly (AbortSignal | undefined)[],
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const own = new AbortController();
  const leaves: (() => void)[] = [];
  const over = new Promise<never>((_, reject) => {
    function end(reason: unknown): void {
      own.abort(reason);
      reject(reason);
    }
    const timer = setTimeout(() => end(new DOMException("", "TimeoutError")), time);
    leaves.push(() => clearTimeout(timer));
    for (const signal of signals) {
      const follow = () => end(signal?.reason);
      if (signal?.aborted) follow();
      signal?.addEventListener("abort", follow);
      leaves.push(() => signal?.removeEventListener("abort", follow));
    }
  });
  try {
    return await Promise.race([over, work(own.signal)]);
  } finally {
    for (const leave of leaves) leave();
  }
}
