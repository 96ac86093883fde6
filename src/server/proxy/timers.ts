/**
 * Waits for a time, or until the signal aborts. It leaves no listener behind.
 *
 * @param start Receives a function that ends the wait early.
 */
export function waitFor(
  timeMs: number,
  signal?: AbortSignal | null,
  start: (end: () => void) => void = () => {},
): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, timeMs);
    signal?.addEventListener("abort", end, { once: true });
    start(end);
  });
}

/** Settles as the work does, or rejects with the signal's reason. The work itself goes on. */
export function untilAborted<Value>(signal: AbortSignal | null | undefined, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal?.removeEventListener("abort", abort));
  });
}

/** A promise did not settle within its time limit. */
export class SettleTimeoutError extends Error {
  readonly limitMs: number;

  constructor(limitMs: number) {
    super();
    this.limitMs = limitMs;
  }
}

/**
 * Settles as the work does. It has an error class of its own, unlike `withTimeout` of the client: the work may itself
 * reject with a `TimeoutError`.
 *
 * @throws SettleTimeoutError after the time limit.
 */
export function settleWithin<Value>(limitMs: number, work: PromiseLike<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new SettleTimeoutError(limitMs)), limitMs);
    const settle =
      <Result>(then: (result: Result) => void) =>
      (result: Result) => {
        clearTimeout(timer);
        then(result);
      };
    // Reading `then` of a thenable may throw. `Promise.resolve` turns that into a rejection.
    Promise.resolve(work).then(settle(resolve), settle(reject));
  });
}
