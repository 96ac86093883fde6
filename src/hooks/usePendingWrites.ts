import { useMemo, useSyncExternalStore } from "react";

import { useCoviu } from "../provider/CoviuProvider.tsx";
import { type PendingWrite, pendingWritesOf, type PendingWriteStore } from "../queries/pendingWrites.ts";

export type { PendingWrite } from "../queries/pendingWrites.ts";

const none: readonly PendingWrite[] = [];

/** The pending writes of the client, also those whose form is gone, and `close` to remove one of them from the list. */
export function usePendingWrites(): { writes: readonly PendingWrite[]; close: PendingWriteStore["close"] } {
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
 * Checks a pending write and resolves to whether it may be sent again. `false` if it happened. If the check fails, only
 * after the user has read that an earlier check failed.
 */
export async function mayRepeatWrite(write: PendingWrite | undefined): Promise<boolean> {
  const userKnows = !write || write.error !== undefined;
  const isDone = await write?.check();
  return isDone === false || (isDone === undefined && userKnows);
}
