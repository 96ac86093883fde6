import type { CoviuClient } from "../api/client.ts";
import { CoviuError } from "../api/errors.ts";
import { applyToCache } from "./applyToCache.ts";
import { cachedIds, putInCache } from "./cached.ts";
import { createConfirmation } from "./confirmWrite.ts";
import { sessionKeys } from "./keys.ts";
import { mutationOptions, type QueryClient, type WriteOptions, writes } from "./options.ts";
import { pendingWritesOf } from "./pendingWrites.ts";
import { type DataOf, type VariablesOf, writeEffects, type WriteName } from "./writeEffects.ts";

interface Write<Name extends WriteName> {
  client: CoviuClient;
  operation: Name;
  variables: VariablesOf<Name>;
  send: () => Promise<DataOf<Name>>;
  now: () => Date;
  /** The query client whose cache shows the result. */
  queryClient: QueryClient;
  /** Whether the mutation is still there. It is dropped when the client's data is dropped, for example at a sign-out. */
  isWanted: () => boolean;
}

/** Context that TanStack Query passes to a mutation. The hooks of the kit keep mutations in a query client of their own. */
interface MutationContext {
  client: QueryClient;
  mutationClient?: QueryClient | undefined;
}

/** Options of the mutation that runs a write. `now` gives the time of a cancel or a removal in the cache. */
export function writeOptions<Name extends WriteName>(
  client: CoviuClient,
  operation: Name,
  send: (variables: VariablesOf<Name>) => Promise<DataOf<Name>>,
  now = () => new Date(),
): WriteOptions<DataOf<Name>, VariablesOf<Name>> {
  const mutationKey = ["coviu", client.scope, operation];
  return mutationOptions<DataOf<Name>, CoviuError, VariablesOf<Name>>({
    ...writes,
    mutationKey,
    // Here and not in `onSuccess`: an app's own `onSuccess` adds to it and cannot replace it.
    mutationFn(variables, { client: queryClient, mutationClient = queryClient }: MutationContext) {
      const predicate = ({ state }: { state: { variables?: unknown } }) => state.variables === variables;
      const isWanted = () => mutationClient.isMutating({ mutationKey, predicate }) > 0;
      return runWrite({ client, operation, variables, queryClient, isWanted, now, send: () => send(variables) });
    },
  });
}

/**
 * Runs a write: sends it once, confirms it if no response came, and applies it to the cache.
 *
 * @throws CoviuError with the outcome `unknown` if the write could not be confirmed. Only the user can then decide
 * whether to send it again.
 */
async function runWrite<Name extends WriteName>(write: Write<Name>): Promise<DataOf<Name>> {
  const { client, operation, variables, send, now, queryClient, isWanted } = write;
  const changeOf = (data: DataOf<Name>) => writeEffects[operation].changeOf(data, variables, now);
  const pending = pendingWritesOf(client);

  function apply(data: DataOf<Name>): void {
    applyToCache(queryClient, client.scope, changeOf(data));
  }
  /** Puts a session in the cache, so that a screen without a list can still see that it is there twice. */
  function showCandidate(data: DataOf<Name>): void {
    const { newId, session } = changeOf(data);
    if (newId && session) putInCache(queryClient, sessionKeys(client.scope).detail(newId), session);
  }

  const startedAt = Date.now();
  const confirmation = createConfirmation({
    client,
    operation,
    variables,
    startedAt,
    knownIds: cachedIds(queryClient, client.scope),
    newIdOf: (data) => changeOf(data).newId,
    showCandidate,
    applyLate(data) {
      apply(data);
      showCandidate(data);
    },
  });
  pending.closeRepeated(operation, variables);
  confirmation.put({ phase: "sending" });
  let isUnknown = false;
  try {
    await confirmation.readBefore();
    const data = await send();
    confirmation.accept(data);
    if (isWanted()) apply(data);
    return data;
  } catch (error) {
    if (!CoviuError.is(error) || error.outcome !== "unknown") throw error;
    confirmation.put({ phase: "checking" });
    const data = await confirmation.confirm();
    if (data !== undefined) {
      if (isWanted()) apply(data);
      return data;
    }
    isUnknown = client.connection.state !== "ended";
    if (isUnknown) confirmation.checkLater();
    throw error;
  } finally {
    if (isUnknown) confirmation.put({ phase: "unknown" });
    else pending.close(variables);
  }
}
