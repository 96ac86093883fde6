import { type QueryKey, useSuspenseQuery, type UseSuspenseQueryOptions } from "@tanstack/react-query";

import { CoviuError } from "../api/errors.ts";
import { type Coviu, useCoviu } from "../provider/CoviuProvider.tsx";

/** Runs `useSuspenseQuery` of TanStack Query on the query client of the provider. */
export function useCoviuSuspenseQuery<Data, Key extends QueryKey>(
  optionsOf: (coviu: Coviu) => UseSuspenseQueryOptions<Data, CoviuError, Data, Key>,
) {
  refuseOnServer();
  const coviu = useCoviu();
  return useSuspenseQuery(optionsOf(coviu), coviu.queryClient);
}

/**
 * Throws on a server, so that no request is sent. The nearest boundary renders its fallback, and the browser reads the data.
 *
 * @throws CoviuError `server_render` on a server.
 */
export function refuseOnServer(): void {
  if (typeof window === "undefined") {
    throw new CoviuError({ code: "server_render", operation: "render", outcome: "not-sent" });
  }
}
