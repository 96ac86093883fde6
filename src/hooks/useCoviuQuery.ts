import { type QueryKey, useQuery, type UseQueryOptions } from "@tanstack/react-query";

import type { CoviuError } from "../api/errors.ts";
import { type Coviu, useCoviu } from "../provider/CoviuProvider.tsx";
import { withOwnResult } from "./ownResult.ts";
import { type QuerySettings, withSettings } from "./settings.ts";

/** Runs `useQuery` of TanStack Query on the query client of the provider. Data for which `isOwn` returns `false` is not shown. */
export function useCoviuQuery<Data, Key extends QueryKey>(
  optionsOf: (coviu: Coviu) => UseQueryOptions<Data, CoviuError, Data, Key>,
  settings?: QuerySettings,
  isOwn?: (data: Data) => boolean,
) {
  const coviu = useCoviu();
  return withOwnResult(useQuery(withSettings(optionsOf(coviu), settings), coviu.queryClient), isOwn);
}
