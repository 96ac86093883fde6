import type { CoviuClient } from "../api/client.ts";
import type { CoviuError } from "../api/errors.ts";
import { followed, type WriteTypes } from "./followed.ts";
import { mutationOptions, type QueryClient, type WriteOptions, writes } from "./options.ts";

/** What TanStack gives to a mutation. The kit's hooks keep mutations in a query client of their own. */
interface MutationContext {
  client: QueryClient;
  mutationClient?: QueryClient | undefined;
}

/** Options of a mutation that sends something, makes sure of it, and brings the cache up to date. */
export function writeOptions<Name extends keyof WriteTypes>(
  client: CoviuClient,
  operation: Name,
  send: (variables: WriteTypes[Name]["variables"]) => Promise<WriteTypes[Name]["data"]>,
  now = () => new Date(),
): WriteOptions<WriteTypes[Name]["data"], WriteTypes[Name]["variables"]> {
  const mutationKey = ["coviu", client.scope, operation];
  return mutationOptions<WriteTypes[Name]["data"], CoviuError, WriteTypes[Name]["variables"]>({
    ...writes,
    mutationKey,
    // Inside the function, so that an app's own `onSuccess` adds to it and cannot replace it.
    mutationFn(variables, { client: queryClient, mutationClient = queryClient }: MutationContext) {
      const sending = { client, queryClient, mutationClient, operation, mutationKey, variables, now };
      return followed({ ...sending, send: () => send(variables) });
    },
  });
}
