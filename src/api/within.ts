/** Ends work that takes too long. Unlike with `AbortSignal.timeout`, no timer is left when it is done. */
export async function within<Value>(time: number, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const limit = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const reason = new DOMException("", "TimeoutError");
      limit.abort(reason);
      reject(reason);
    }, time);
  });
  try {
    return await Promise.race([work(limit.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
