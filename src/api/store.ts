/** A value with subscribers, as React's `useSyncExternalStore` takes it. */
export interface Store<Value> {
  get: () => Value;
  /** Does nothing if the value stays the same. */
  set: (next: Value) => void;
  /** Calls `notify` after each change, until the returned function is called. */
  subscribe: (notify: () => void) => () => void;
}

export function createStore<Value>(value: Value): Store<Value> {
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const notify of listeners) notify();
    },
    subscribe(notify) {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
  };
}
