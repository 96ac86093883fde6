import type { QueryClient } from "@tanstack/react-query";

import type { CoviuClient } from "../api/client.ts";
import { warnOnce } from "../api/development.ts";

/** @throws TypeError if the provider's `client` is none. The message says what it is and how to mend it. */
export function checkClient(client: unknown): asserts client is CoviuClient {
  const fault = faultOf(client);
  if (fault) {
    throw new TypeError(`CoviuProvider: client ${fault} Pass what createCoviuClient({ baseUrl }) returns.`);
  }
}

function faultOf(client: unknown): string | undefined {
  if (client === undefined || client === null) return `is ${client}.`;
  if (typeof client === "function") return "is a function: call it.";
  if (typeof client !== "object") return `is a ${typeof client}.`;
  if ("then" in client) return "is a promise: wait for it before the provider is rendered.";
  if ("connection" in client && "request" in client && "end" in client) return undefined;
  if ("getQueryCache" in client) return "is a query client: that one is the prop queryClient.";
  return "baseUrl" in client ? "is an object of options." : "is another object.";
}

/** Clients in a row at one address that were replaced within this time (ms) are made in a component. */
const replacedWithinMs = 10_000;
const mounted = new Set<{ client: CoviuClient; queryClient: QueryClient }>();
/** Clients that were replaced, by address and scope. Not held: nothing that was read outlives a client. */
let replaced: { key: string; client: WeakRef<CoviuClient>; at: number }[] = [];
/** The client that left in this turn: React takes one away and mounts the next in one go. Tests and routes do not. */
let leaving: { key: string; client: CoviuClient } | undefined;

const keyOf = (client: CoviuClient) => JSON.stringify([client.baseUrl, client.scope]);

/**
 * Notes that a provider was given another client than this one. In a transition, React mounts the next one in a later
 * turn. A client that was ended was left on purpose: another user may sign in.
 */
export function noteReplaced(client: CoviuClient): void {
  if (client.connection.state === "ended") return;
  replaced.push({ key: keyOf(client), client: new WeakRef(client), at: performance.now() });
}

/**
 * Notes that a provider shows a client, until the function that it returns is called. It names a client that
 * is made anew in each render, and two clients that share one query client and one scope.
 */
export function noteProvider(client: CoviuClient, queryClient: QueryClient): () => void {
  const key = keyOf(client);
  replaced = replaced.filter(({ at }) => performance.now() - at < replacedWithinMs);
  if (leaving?.key === key && leaving.client !== client) noteReplaced(leaving.client);
  // StrictMode mounts each client twice.
  const others = replaced.flatMap((other) => (other.key === key ? (other.client.deref() ?? []) : []));
  if (new Set(others.filter((other) => other !== client)).size >= 2) {
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
    const left = { key, client };
    leaving = left;
    queueMicrotask(() => {
      if (leaving === left) leaving = undefined;
    });
  };
}
