import { useMutation, type UseMutationOptions } from "@tanstack/react-query";
import { useEffect } from "react";

import type { CoviuClient } from "../api/client.ts";
import type { CoviuError } from "../api/errors.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { loadFollowed } from "../queries/writes.ts";
import type { MutationSettings } from "./settings.ts";

/** TanStack's `useMutation` on the provider's query client. */
export function useWrite<Data, Variables>(
  optionsOf: (client: CoviuClient, now: () => Date) => UseMutationOptions<Data, CoviuError, Variables>,
  settings: MutationSettings<Data, Variables> | undefined,
) {
  const { client, queryClient, now } = useCoviu();
  // Before the first of them is sent, and before the network fails.
  useEffect(() => void loadFollowed(), []);
  return useMutation({ ...settings, ...optionsOf(client, now) }, queryClient);
}
