import { useMutation, type UseMutationOptions } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";
import type { CoviuError } from "../api/errors.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import type { MutationSettings } from "./settings.ts";

/** TanStack's `useMutation` on the provider's query client. */
export function useWrite<Data, Variables>(
  optionsOf: (client: CoviuClient, now: () => Date) => UseMutationOptions<Data, CoviuError, Variables>,
  settings: MutationSettings<Data, Variables> | undefined,
) {
  const { client, queryClient, now } = useCoviu();
  return useMutation({ ...settings, ...optionsOf(client, now) }, queryClient);
}
