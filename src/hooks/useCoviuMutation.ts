import { useMutation, type UseMutationOptions } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";
import type { CoviuError } from "../api/errors.ts";
import { useCoviuSettings } from "../provider/CoviuProvider.tsx";
import type { MutationSettings } from "./settings.ts";

/**
 * TanStack's `useMutation` on a query client that holds only the kit's mutations. The app's own callbacks can't turn what
 * was done into a failure: an error of theirs is reported, and the write stays done.
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
      // What a write changes is shown from the provider's query client.
      ...(mutationFn && {
        mutationFn: (variables: Variables, context) =>
          mutationFn(variables, Object.assign({}, context, { client: queryClient, mutationClient })),
      }),
      ...(meta && { meta }),
      onSuccess: reported(onSuccess),
      onError: reported(onError),
      onSettled: reported(onSettled),
    },
    mutationClient,
  );
}

/** The same callback, which never fails. */
function reported<Args extends unknown[]>(
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
