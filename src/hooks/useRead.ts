import { type QueryKey, useQuery, type UseQueryOptions } from "@tanstack/react-query";

import type { CoviuError } from "../api/errors.ts";
import { type Coviu, useCoviu } from "../provider/CoviuProvider.tsx";
import { type QuerySettings, withSettings } from "./settings.ts";

/** TanStack's `useQuery` on the provider's query client. */
export function useRead<Data, Key extends QueryKey>(
  optionsOf: (coviu: Coviu) => UseQueryOptions<Data, CoviuError, Data, Key>,
  settings?: QuerySettings,
) {
  const coviu = useCoviu();
  return useQuery(withSettings(optionsOf(coviu), settings), coviu.queryClient);
}
