/**
 * Caches the result of a function for each object. The objects must never change, like the sessions in the query cache.
 * Results are garbage-collected together with their objects.
 */
export function memoize<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const results = new WeakMap<Key, { value: Value }>();
  return (key) => {
    const cached = results.get(key);
    if (cached) return cached.value;
    const value = compute(key);
    results.set(key, { value });
    return value;
  };
}
