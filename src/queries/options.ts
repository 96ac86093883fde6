import type * as TanStack from "@tanstack/react-query";

/* oxlint-disable typescript/no-unsafe-type-assertion -- the identity function is what these helpers are at run time */
/**
 * TanStack's own identity helpers, typed by them but not imported at run time: `core` loads where TanStack Query is
 * not installed. This is the one place that says so to the compiler.
 */
export const queryOptions = identity as typeof TanStack.queryOptions;
export const infiniteQueryOptions = identity as typeof TanStack.infiniteQueryOptions;
export const mutationOptions = identity as typeof TanStack.mutationOptions;

/** The transport retries reads and knows `Retry-After`; a write is sent once, at once, or fails. */
export const writes = { retry: false, networkMode: "always" } as const;
export const reads = { ...writes, staleTime: 15_000, refetchOnReconnect: true } as const;

function identity(options: unknown): unknown {
  return options;
}
