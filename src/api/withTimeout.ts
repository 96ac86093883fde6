const callbacks = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back when a signal is aborted, until the function that it returns is called. A signal gets one listener for any
 * number of callbacks, since Node warns of more than ten. The listener is removed explicitly: one registered with
 * `{ signal }` stays for ever in Node if a garbage collection runs meanwhile.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const known = callbacks.get(signal);
  const set = known ?? new Set();
  if (!known) {
    callbacks.set(signal, set);
    signal.addEventListener("abort", runCallbacks);
  }
  // Callbacks are told apart also where one function is given twice.
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
 * Work that ends with any of these signals, or when it takes too long. The signal it is given is held by the timer: one
 * made by `AbortSignal.any` or `AbortSignal.timeout` can be collected in Node while a body is still being read.
 */
export function withTimeout<Value>(
  time: number,
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
    const timer = setTimeout(() => end(new DOMException("", "TimeoutError")), time);
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

/** A pause, which the signal ends early. */
export function sleep(time: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(end, time);
    const stop = signal && onAbort(signal, end);
    function end(): void {
      clearTimeout(timer);
      stop?.();
      resolve();
    }
  });
}
