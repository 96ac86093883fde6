import type { ProxyStore } from "./proxyStore.ts";
import type { RequestScope } from "./requestScope.ts";
import { describeKind } from "./valueChecks.ts";

/** The store as one request uses it: with a time limit, checked values, and errors that are reported. */
export interface GuardedStore {
  /** @throws AppCallError */
  get: (key: string) => Promise<string | undefined>;
  /** @throws AppCallError */
  swap: (
    key: string,
    expected: string | undefined,
    value: string | undefined,
    ttlSeconds: number,
    options?: SwapOptions,
  ) => Promise<boolean>;
}

interface SwapOptions {
  /** The store may drop the value early if it is short of memory. */
  evictable?: boolean | undefined;
  /** The call releases something: it may run after the time limit of the request. */
  cleanup?: boolean | undefined;
}

export function createGuardedStore(store: ProxyStore, scope: RequestScope): GuardedStore {
  return {
    get: (key) => scope.callApp("store", () => store.get(key), toStoredValue),
    swap: (key, expected, value, ttlSeconds, { evictable = false, cleanup = false } = {}) =>
      scope.callApp("store", () => store.swap(key, expected, value, ttlSeconds, { evictable }), toBoolean, { cleanup }),
  };
}

function toStoredValue(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw new TypeError(
    `The store's get returned ${describeKind(value)}. Return the string that was stored, or undefined.`,
  );
}

function toBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new TypeError(`The store's swap returned ${describeKind(value)}. Return true or false, or a promise of one.`);
}
