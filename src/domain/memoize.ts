/**
 * Remembers the result of a function for each object that it is called with. Only for objects that never change, such as
 * sessions of the cache. A result is dropped together with its object.
 */
export function memoize<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const results = new WeakMap<Key, { value: Value }>();
  return (key) => {
    const known = results.get(key);
    if (known) return known.value;
    const value = compute(key);
    results.set(key, { value });
    return value;
  };
}
