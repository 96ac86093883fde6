/**
 * Work that ends with any of these signals, or when it takes too long. The signal it is given is held by the timer: one
 * made by `AbortSignal.any` or `AbortSignal.timeout` can be collected in Node while a body is still being read.
 */
export function within<Value>(
  time: number,
  signals: readonly (AbortSignal | undefined)[],
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const own = new AbortController();
  const settled = new AbortController();
  const { signal } = settled;
  return new Promise<Value>((resolve, reject) => {
    function end(reason: unknown): void {
      own.abort(reason);
      reject(reason);
    }
    const timer = setTimeout(() => end(new DOMException("", "TimeoutError")), time);
    signal.addEventListener("abort", () => clearTimeout(timer));
    for (const other of signals) {
      const follow = () => end(other?.reason);
      if (other?.aborted) follow();
      other?.addEventListener("abort", follow, { signal });
    }
    work(own.signal).then(resolve, reject);
  }).finally(() => settled.abort());
}

/** A pause, which the signal ends early. */
export function sleep(time: number, signal?: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    setTimeout(resolve, time);
    signal?.addEventListener("abort", resolve, { once: true });
  });
}
