import { useMutation, type UseMutationOptions } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";
import type { CoviuError } from "../api/errors.ts";
import { useCoviuSettings } from "../provider/CoviuProvider.tsx";
import type { MutationSettings } from "./settings.ts";

/**
 * Runs `useMutation` of TanStack Query on a query client that holds only mutations of the kit. An error that a callback of
 * the app throws is reported with `reportError`. It does not turn a successful write into a failure.
 */
export function useCoviuMutation<Data, Variables>(
  optionsOf: (client: CoviuClient, now: () => Date) => UseMutationOptions<Data, CoviuError, Variables>,
  { onSuccess, onError, onSettled, meta }: MutationSettings<Data, Variables> = {},
) {
  const { client, queryClient, mutationClient, now } = useCoviuSettings();
  const options = optionsOf(client, now);
  const { mutationFn } = options;
  return useMutation(
    {
      ...options,
      // A write updates the query client of the provider.
      ...(mutationFn && {
        mutationFn: (variables: Variables, context) =>
          mutationFn(variables, Object.assign({}, context, { client: queryClient, mutationClient })),
      }),
      ...(meta && { meta }),
      onSuccess: withReportedErrors(onSuccess),
      onError: withReportedErrors(onError),
      onSettled: withReportedErrors(onSettled),
    },
    mutationClient,
  );
}

/** Wraps a callback, so that its errors are reported and not thrown. */
function withReportedErrors<Args extends unknown[]>(
  callback: ((...args: Args) => unknown) | undefined,
): (...args: Args) => Promise<void> {
  return async (...args) => {
    try {
      await callback?.(...args);
    } catch (error) {
      globalThis.reportError?.(error);
    }
  };
}
