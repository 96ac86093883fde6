import type { UseMutationOptions } from "@tanstack/react-query";

import type { CoviuError } from "../api/errors.ts";

/** Settings of a query hook. For other options of TanStack Query, pass an options factory to its own hook. */
export interface QuerySettings {
  /**
   * Whether the query runs.
   *
   * @default true
   */
  enabled?: boolean;
  /**
   * Time in ms for which data counts as fresh.
   *
   * @default 15_000
   */
  staleTime?: number;
  /**
   * Time in ms between reads while the page is visible.
   *
   * @default false
   */
  refetchInterval?: number | false;
}

/** Settings of a mutation hook. Callbacks are called also when the component is unmounted. Pass the others to `mutate`. */
export type MutationSettings<Data, Variables> = Pick<
  UseMutationOptions<Data, CoviuError, Variables>,
  "onSuccess" | "onError" | "onSettled" | "meta"
>;

/** Adds settings to query options. A query without an id stays disabled. */
export function withSettings<Options extends { enabled?: unknown }>(options: Options, settings: QuerySettings = {}) {
  return { ...options, ...settings, enabled: options.enabled !== false && settings.enabled !== false };
}
