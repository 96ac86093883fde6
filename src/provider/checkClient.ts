import type { QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";
import { warnOnce } from "../api/development.ts";

/** @throws TypeError if the provider's `client` is not a client. The message names the mistake and its correction. */
export function checkClient(client: unknown): asserts client is CoviuClient {
  const mistake = mistakeOf(client);
  if (mistake) {
    throw new TypeError(`CoviuProvider: client ${mistake} Pass what createCoviuClient({ baseUrl }) returns.`);
  }
}

function mistakeOf(client: unknown): string | undefined {
  if (client === undefined || client === null) return `is ${client}.`;
  if (typeof client === "function") return "is a function: call it.";
  if (typeof client !== "object") return `is a ${typeof client}.`;
  if ("then" in client) return "is a promise: wait for it before the provider is rendered.";
  if ("connection" in client && "request" in client && "end" in client) return undefined;
  if ("getQueryCache" in client) return "is a query client: that one is the prop queryClient.";
  return "baseUrl" in client ? "is an object of options." : "is another object.";
}

/** Period in ms. Three clients of one address within it are taken as created in a component, once in each render. */
const replacedWithinMs = 10_000;
const mounted = new Set<{ client: CoviuClient; queryClient: QueryClient }>();
/** Replaced clients, by address and scope. The references are weak, so that the data of a client can be garbage-collected. */
let replaced: { key: string; client: WeakRef<CoviuClient>; replacedAt: number }[] = [];
/**
 * Client that was unmounted in this task. React unmounts a replaced client and mounts the next one in the same task. Tests
 * and routes mount the next one later.
 */
let unmounted: { key: string; client: CoviuClient } | undefined;

const keyOf = (client: CoviuClient) => JSON.stringify([client.baseUrl, client.scope]);

/**
 * Records that a provider received another client in place of this one. A client that has ended is not recorded: it is
 * replaced on purpose, for the next user. Needed for transitions, in which React mounts the next client in a later task.
 */
export function noteReplaced(client: CoviuClient): void {
  if (client.connection.state === "ended") return;
  replaced.push({ key: keyOf(client), client: new WeakRef(client), replacedAt: performance.now() });
}

/**
 * Records a mounted provider until the returned function is called. Warns the developer of a client that is created in each
 * render, and of two clients that share a query client and a scope.
 */
export function noteProvider(client: CoviuClient, queryClient: QueryClient): () => void {
  const key = keyOf(client);
  replaced = replaced.filter(({ replacedAt }) => performance.now() - replacedAt < replacedWithinMs);
  if (unmounted?.key === key && unmounted.client !== client) noteReplaced(unmounted.client);
  // StrictMode mounts each client twice.
  const replacedClients = replaced.flatMap((other) => (other.key === key ? (other.client.deref() ?? []) : []));
  if (new Set(replacedClients.filter((other) => other !== client)).size >= 2) {
    warnOnce(
      `client in render ${key}`,
      "CoviuProvider gets a new client again and again, and everything below it is unmounted each time. Call createCoviuClient once, outside of components, or keep its result with useState or useMemo.",
    );
  }
  const provided = { client, queryClient };
  for (const other of mounted) {
    if (other.client !== client && other.queryClient === queryClient && other.client.scope === client.scope) {
      warnOnce(
        `scope ${client.scope}`,
        `two clients with the scope "${client.scope}" share one queryClient: each shows what the other has read. Give each createCoviuClient a scope of its own.`,
      );
    }
  }
  mounted.add(provided);
  return () => {
    mounted.delete(provided);
    const entry = { key, client };
    unmounted = entry;
    queueMicrotask(() => {
      if (unmounted === entry) unmounted = undefined;
    });
  };
}
