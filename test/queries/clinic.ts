import { type MutationOptions, QueryClient, type QueryKey, QueryObserver } from "@tanstack/react-query";

import { type CoviuError, createCoviuClient, createSession, type Session } from "../../src/core.ts";
import { createSandbox } from "../../src/sandbox/index.ts";

export const now = "2026-01-11T22:52:00.000Z";

/** Time this many days and minutes after `now`, in the format of the API's responses. */
export function inDays(days: number, minutes = 0): string {
  return new Date(Date.parse(now) + days * 86_400_000 + minutes * 60_000).toISOString();
}

/** Creates a cache in front of a sandbox with one session: tomorrow for half an hour, a host and a guest. */
export async function clinic() {
  const sandbox = createSandbox({ now, seed: "none" });
  const client = createCoviuClient({ ...sandbox, scope: "reception" });
  const queryClient = new QueryClient();
  const session = await createSession(client, {
    session_name: "Knee rehab",
    start_time: inDays(1),
    end_time: inDays(1, 30),
    participants: [
      { display_name: "Mei-Ling Chen", role: "host", state: "chen" },
      { display_name: "Ana Lee", role: "guest" },
    ],
  });
  const [host, guest] = session.participants ?? [];
  if (!host || !guest) throw new Error("the sandbox returned no participants");
  sandbox.log.clear();
  return { sandbox, client, queryClient, session, sessionId: session.session_id, host, guest };
}

/** Runs a write as TanStack's hook does. */
export function write<Data, Variables>(
  queryClient: QueryClient,
  options: MutationOptions<Data, CoviuError, Variables>,
  variables: Variables,
): Promise<Data> {
  return queryClient.getMutationCache().build(queryClient, options).execute(variables);
}

/** Observes a cache entry as a mounted component does. */
export function watch(queryClient: QueryClient, queryKey: QueryKey): () => void {
  const query = queryClient.getQueryCache().find({ queryKey });
  if (!query) throw new Error("the cache has no such entry");
  return new QueryObserver(queryClient, { ...query.options, queryKey, staleTime: Infinity }).subscribe(() => {});
}

export function isStale(queryClient: QueryClient, queryKey: QueryKey): boolean | undefined {
  return queryClient.getQueryState(queryKey)?.isInvalidated;
}

export const namesOf = (session: Session | undefined) => session?.participants?.map(({ display_name }) => display_name);
