const callbacks = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `callback` when a signal is aborted, until the returned function is called. A signal gets one listener for all
 * callbacks, because Node warns of more than ten. The listener is removed explicitly: Node can keep one that was registered
 * with `{ signal }` for ever.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const known = callbacks.get(signal);
  const set = known ?? new Set();
  if (!known) {
    callbacks.set(signal, set);
    signal.addEventListener("abort", runCallbacks);
  }
  // A function of its own, so that the same callback can be added twice.
  const own = () => callback();
  set.add(own);
  return () => {
    set.delete(own);
    if (set.size > 0 || callbacks.get(signal) !== set) return;
    callbacks.delete(signal);
    signal.removeEventListener("abort", runCallbacks);
  };
}

function runCallbacks(this: AbortSignal): void {
  for (const callback of callbacks.get(this) ?? []) callback();
}

/**
 * Runs `work`, and rejects when it takes longer than `timeoutMs` or when one of the signals is aborted. `work` gets a signal
 * that is aborted then. `AbortSignal.any` and `AbortSignal.timeout` are not used: Node can collect such a signal while a body
 * is being read.
 *
 * @throws DOMException `TimeoutError` after the time limit.
 */
export function withTimeout<Value>(
  timeoutMs: number,
  signals: readonly (AbortSignal | undefined)[],
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const own = new AbortController();
  const cleanUps: (() => void)[] = [];
  return new Promise<Value>((resolve, reject) => {
    function end(reason: unknown): void {
      own.abort(reason);
      reject(reason);
    }
    const timer = setTimeout(() => end(new DOMException("", "TimeoutError")), timeoutMs);
    cleanUps.push(() => clearTimeout(timer));
    for (const other of signals) {
      if (other?.aborted) end(other.reason);
      else if (other) cleanUps.push(onAbort(other, () => end(other.reason)));
    }
    work(own.signal).then(resolve, reject);
  }).finally(() => {
    for (const cleanUp of cleanUps) cleanUp();
  });
}

/** Waits. The promise resolves early when the signal is aborted. */
export function sleep(timeMs: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(end, timeMs);
    const stop = signal && onAbort(signal, end);
    function end(): void {
      clearTimeout(timer);
      stop?.();
      resolve();
    }
  });
}
