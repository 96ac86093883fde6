import { type QueryKey, useQuery, type UseQueryOptions } from "@tanstack/react-query";

import type { CoviuError } from "../api/errors.ts";
import { type Coviu, useCoviu } from "../provider/CoviuProvider.tsx";
import { withOwnResult } from "./ownResult.ts";
import { type QuerySettings, withSettings } from "./settings.ts";

/** TanStack's `useQuery` on the provider's query client. `isOwn` refuses data that is not about what was asked for. */
export function useCoviuQuery<Data, Key extends QueryKey>(
  optionsOf: (coviu: Coviu) => UseQueryOptions<Data, CoviuError, Data, Key>,
  settings?: QuerySettings,
  isOwn?: (data: Data) => boolean,
) {
  const coviu = useCoviu();
  return withOwnResult(useQuery(withSettings(optionsOf(coviu), settings), coviu.queryClient), isOwn);
}
