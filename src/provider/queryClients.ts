import { QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";
import { clientState } from "../api/clientState.ts";
import { createMutationClient } from "./mutationClient.ts";

/** Query clients of a client. */
interface QueryClients {
  /** Used if the app does not share its query client. */
  queryClient: QueryClient;
  /** Query client for mutations, by query client of the app. If the app shares none, `queryClient` holds the mutations. */
  mutationClients: Map<QueryClient, QueryClient>;
  /** Number of mounted providers. `undefined` before the first one, and after the data was dropped. */
  mounts?: number | undefined;
}

const create = (): QueryClients => ({ queryClient: new QueryClient(), mutationClients: new Map() });
const stateOf = clientState(create);

/**
 * Returns the query clients of a client. They are stored with the client and not in the provider, because Suspense would
 * render for ever with query clients that are created during a render. On a server they are not stored: all users share the
 * module there.
 */
export function queryClientsOf(client: CoviuClient): QueryClients {
  return typeof window === "undefined" ? create() : stateOf(client);
}

/** Returns the query client for mutations of the kit's hooks. */
export function mutationClientOf(client: CoviuClient, shared: QueryClient | undefined): QueryClient {
  const { queryClient, mutationClients } = queryClientsOf(client);
  if (!shared) return queryClient;
  const mutationClient = mutationClients.get(shared) ?? createMutationClient(shared);
  mutationClients.set(shared, mutationClient);
  return mutationClient;
}

/** Counts a mounted provider until the returned function is called. Drops the client's data after the last one. */
export function countProvider(client: CoviuClient, shared: QueryClient | undefined): () => void {
  const clients = queryClientsOf(client);
  clients.mounts = (clients.mounts ?? 0) + 1;
  return () => {
    clients.mounts = (clients.mounts ?? 1) - 1;
    // StrictMode unmounts and mounts again in the same task.
    queueMicrotask(() => dropData(client, shared));
  };
}

/** Drops the data and mutations of a client if no provider of it is mounted. Does not touch data of the app. */
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
    // Stops the garbage-collection timer, which would keep the mutation in memory for minutes.
    mutation.destroy();
    mutations.remove(mutation);
  }
}
