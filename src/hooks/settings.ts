import type { UseMutationOptions } from "@tanstack/react-query";

import type { CoviuError } from "../api/errors.ts";

/** What a query hook of the kit can be told. For more, compose the options factory with TanStack's own hook. */
export interface QuerySettings {
  enabled?: boolean;
  /** Milliseconds for which an answer counts as fresh; 15,000 by default. */
  staleTime?: number;
  /** Milliseconds between reads while the page is visible. */
  refetchInterval?: number | false;
}

/** What outlives the component; callbacks for this component alone go to `mutate`. */
export type MutationSettings<Data, Variables> = Pick<
  UseMutationOptions<Data, CoviuError, Variables>,
  "onSuccess" | "onError" | "onSettled" | "meta"
>;

/** A query without an id stays off, whatever the settings say. */
export function withSettings<Options extends { enabled?: unknown }>(options: Options, settings: QuerySettings = {}) {
  return { ...options, ...settings, enabled: options.enabled !== false && settings.enabled !== false };
}
