import { type QueryKey, useSuspenseQuery, type UseSuspenseQueryOptions } from "@tanstack/react-query";

import { CoviuError } from "../api/errors.ts";
import { type Coviu, useCoviu } from "../provider/CoviuProvider.tsx";

/** TanStack's `useSuspenseQuery` on the provider's query client. */
export function useCoviuSuspenseQuery<Data, Key extends QueryKey>(
  optionsOf: (coviu: Coviu) => UseSuspenseQueryOptions<Data, CoviuError, Data, Key>,
) {
  refuseOnServer();
  const coviu = useCoviu();
  return useSuspenseQuery(optionsOf(coviu), coviu.queryClient);
}

/** A server never requests: the nearest boundary streams its fallback and the browser takes over. */
export function refuseOnServer(): void {
  if (typeof window === "undefined") {
    throw new CoviuError({ code: "server_render", operation: "render", outcome: "not-sent" });
  }
}
