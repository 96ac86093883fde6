// Only this file imports the types of TanStack Query for the declarations of `core`. If TanStack Query is not installed, they
// are `any` without a compiler error, because the comment below stays in the declarations.
/** @ts-ignore */
import type * as TanStack from "@tanstack/react-query";

import type { CoviuError } from "../api/errors.ts";

export type QueryClient = TanStack.QueryClient;

/** Options of a query. Its key carries the type of its data. */
export type ReadOptions<Data, Key extends readonly unknown[]> = TanStack.UnusedSkipTokenOptions<
  Data,
  CoviuError,
  Data,
  Key
> & { queryKey: TanStack.DataTag<Key, Data, CoviuError> };

/** Options of a query that reads several pages. */
export type InfiniteReadOptions<Page, Key extends readonly unknown[], Param> = TanStack.UnusedSkipTokenInfiniteOptions<
  Page,
  CoviuError,
  { pages: Page[]; pageParams: Param[] },
  Key,
  Param
> & { queryKey: TanStack.DataTag<Key, TanStack.InfiniteData<Page>, CoviuError> };

/** Options of a mutation. */
export type WriteOptions<Data, Variables> = TanStack.UseMutationOptions<Data, CoviuError, Variables> & {
  mutationKey: readonly unknown[];
};

/* oxlint-disable typescript/no-unsafe-type-assertion -- the identity function is what these helpers are at run time */
/**
 * The identity helpers of TanStack Query, with their types. They are not imported at run time, so that `core` loads where
 * TanStack Query is not installed.
 */
export const queryOptions = identity as typeof TanStack.queryOptions;
export const infiniteQueryOptions = identity as typeof TanStack.infiniteQueryOptions;
export const mutationOptions = identity as typeof TanStack.mutationOptions;

/** The client itself repeats reads and follows `Retry-After`. A write is sent once, at once, or fails. */
const sentOnce = { retry: false, networkMode: "always" } as const;
const decided: { readonly retry: false; readonly networkMode: "always" } = sentOnce;

/**
 * Options of every write. All options of TanStack Query are listed, so that no default of a shared query client decides what
 * is sent or shown. An option that is `undefined` overrides such a default, and the default of TanStack Query applies.
 */
export const writes: typeof decided = {
  ...sentOnce,
  ...({
    gcTime: undefined,
    meta: undefined,
    onError: undefined,
    onMutate: undefined,
    onSettled: undefined,
    onSuccess: undefined,
    retryDelay: undefined,
    scope: undefined,
    throwOnError: false,
  } satisfies Record<string, unknown>),
};

/** Options of every read, complete for the same reason. */
export const reads: typeof decided & { readonly staleTime: number } = {
  ...sentOnce,
  staleTime: 15_000,
  ...({
    _defaulted: undefined,
    _optimisticResults: undefined,
    _type: undefined,
    behavior: undefined,
    enabled: true,
    experimental_prefetchInRender: undefined,
    gcTime: undefined,
    getNextPageParam: undefined,
    getPreviousPageParam: undefined,
    initialData: undefined,
    initialDataUpdatedAt: undefined,
    initialPageParam: undefined,
    maxPages: undefined,
    meta: undefined,
    notifyOnChangeProps: undefined,
    pages: undefined,
    persister: undefined,
    placeholderData: undefined,
    queryHash: undefined,
    queryKeyHashFn: undefined,
    refetchInterval: false,
    refetchIntervalInBackground: false,
    refetchOnMount: true,
    refetchOnReconnect: true,
    refetchOnWindowFocus: true,
    retryDelay: undefined,
    retryOnMount: true,
    select: undefined,
    structuralSharing: true,
    subscribed: true,
    suspense: undefined,
    throwOnError: false,
  } satisfies Record<string, unknown>),
};

function identity(options: unknown): unknown {
  return options;
}
