import { useMemo, useSyncExternalStore } from "react";

import { useCoviu } from "../provider/CoviuProvider.tsx";
import { type PendingWrite, pendingWritesOf } from "../queries/pendingWrites.ts";

export type { PendingWrite } from "../queries/pendingWrites.ts";

const none: readonly PendingWrite[] = [];

/** Result of `usePendingWrites`. */
export interface UsePendingWritesResult {
  /** Pending writes of the client, also those whose form is closed. The same array until something changes. */
  writes: readonly PendingWrite[];
  /** Removes the write with these variables from the list. It appears again only if a later check confirms it. */
  close: (variables: unknown) => void;
}

/**
 * Pending writes of the client of the provider.
 *
 * @example
 *   function Unconfirmed() {
 *     const { writes, close } = usePendingWrites();
 *     return writes
 *       .filter(({ phase }) => phase === "unknown")
 *       .map(({ operation, variables, check }) => (
 *         <p key={operation}>
 *           {operation} could not be confirmed.
 *           <button onClick={() => void check()}>Check again</button>
 *           <button onClick={() => close(variables)}>Dismiss</button>
 *         </p>
 *       ));
 *   }
 */
export function usePendingWrites(): UsePendingWritesResult {
  const { client } = useCoviu();
  const { list, subscribe, close } = useMemo(() => pendingWritesOf(client), [client]);
  return { writes: useSyncExternalStore(subscribe, list, () => none), close };
}

/** The pending write with these variables. */
export function usePendingWrite<Data, Variables>(
  variables: Variables | undefined,
): PendingWrite<Data, Variables> | undefined {
  const { writes } = usePendingWrites();
  return writes.find((write): write is PendingWrite<Data, Variables> => write.variables === variables);
}

/**
 * Checks a pending write. Resolves to whether it may be sent again: `false` if it happened. If the check fails, it may be
 * sent again only if an earlier check failed too, because the user then knows of the risk.
 */
export async function mayRepeatWrite(write: PendingWrite | undefined): Promise<boolean> {
  const userKnows = !write || write.error !== undefined;
  const isDone = await write?.check();
  return isDone === false || (isDone === undefined && userKnows);
}
