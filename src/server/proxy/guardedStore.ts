import type { ProxyStore } from "../store.ts";
import { kindOf, type RequestScope } from "./scope.ts";

/** The store as one request uses it: with a time limit, checked values, and errors that are reported. */
export interface GuardedStore {
  /** @throws AppFailure */
  get: (key: string) => Promise<string | undefined>;
  /** @throws AppFailure */
  swap: (
    key: string,
    was: string | undefined,
    value: string | undefined,
    seconds: number,
    options?: SwapOptions,
  ) => Promise<boolean>;
}

interface SwapOptions {
  /** The value may be dropped early where the store is short of memory. */
  evictable?: boolean | undefined;
  /** Sets something free: also after the time limit of the request. */
  cleanup?: boolean | undefined;
}

export function guardedStore(store: ProxyStore, scope: RequestScope): GuardedStore {
  return {
    get: (key) => scope.call("store", () => store.get(key), asText),
    swap: (key, was, value, seconds, { evictable = false, cleanup = false } = {}) =>
      scope.call("store", () => store.swap(key, was, value, seconds, { evictable }), asBoolean, { cleanup }),
  };
}

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw new TypeError(`The store's get gave ${kindOf(value)}. Give the text that was put there, or undefined.`);
}

function asBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new TypeError(`The store's swap gave ${kindOf(value)}. Give true or false, or a promise of one.`);
}
