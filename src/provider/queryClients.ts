import { QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";
import { clientState } from "../api/clientState.ts";
import { createMutationClient } from "./mutationClient.ts";

/** The query clients that belong to a client. */
interface QueryClients {
  /** Used where the app shares none. */
  queryClient: QueryClient;
  /** One for each query client that the app shares. Without one, `queryClient` holds the mutations. */
  mutationClients: Map<QueryClient, QueryClient>;
  /** Number of mounted providers. `undefined` before the first one, and once the data is dropped. */
  mounts?: number | undefined;
}

const create = (): QueryClients => ({ queryClient: new QueryClient(), mutationClients: new Map() });
const sharedQueryClient = clientState(create);

/**
 * The query clients of a client. They belong to the client and not to the provider: query clients that are created during
 * a render would make Suspense render for ever. A server keeps none, since its users share the module.
 */
export function queryClientsOf(client: CoviuClient): QueryClients {
  return typeof window === "undefined" ? create() : sharedQueryClient(client);
}

/** The query client that holds the mutations of the kit's hooks. */
export function mutationClientOf(client: CoviuClient, shared: QueryClient | undefined): QueryClient {
  const { queryClient, mutationClients } = queryClientsOf(client);
  if (!shared) return queryClient;
  const mutationClient = mutationClients.get(shared) ?? createMutationClient(shared);
  mutationClients.set(shared, mutationClient);
  return mutationClient;
}

/** Counts a mounted provider until the returned function is called. The last one drops the client's data. */
export function countProvider(client: CoviuClient, shared: QueryClient | undefined): () => void {
  const clients = queryClientsOf(client);
  clients.mounts = (clients.mounts ?? 0) + 1;
  return () => {
    clients.mounts = (clients.mounts ?? 1) - 1;
    // StrictMode mounts again at once.
    queueMicrotask(() => dropData(client, shared));
  };
}

/** Drops what was read and written once no provider of the client is mounted. Data of the app stays. */
export function dropData(client: CoviuClient, shared: QueryClient | undefined): void {
  const clients = queryClientsOf(client);
  if (clients.mounts !== 0) return;
  clients.mounts = undefined;
  const queryKey = ["coviu", client.scope];
  const queryClient = shared ?? clients.queryClient;
  queryClient.removeQueries(shared && { queryKey });
  dropMutations(queryClient, shared && queryKey);
  for (const mutationClient of clients.mutationClients.values()) dropMutations(mutationClient);
  clients.mutationClients.clear();
}

function dropMutations(queryClient: QueryClient, mutationKey?: readonly unknown[]): void {
  const mutations = queryClient.getMutationCache();
  for (const mutation of mutations.findAll(mutationKey && { mutationKey })) {
    // Its timer would keep it for minutes.
    mutation.destroy();
    mutations.remove(mutation);
  }
}
