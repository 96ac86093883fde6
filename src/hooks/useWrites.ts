import { useMemo, useSyncExternalStore } from "react";

import { useCoviu } from "../provider/CoviuProvider.tsx";
import { type Write, type Writes, logOf } from "../queries/writes.ts";

export type { Write } from "../queries/writes.ts";

const none: readonly Write[] = [];

/** The writes of the client that are not settled, also of forms that have gone, and a way to close one of them. */
export function useWrites(): { writes: readonly Write[]; close: Writes["close"] } {
  const { client } = useCoviu();
  const { list, subscribe, close } = useMemo(() => logOf(client), [client]);
  return { writes: useSyncExternalStore(subscribe, list, () => none), close };
}

/**
 * Looks for a write whose answer never came, and tells whether it may be sent another time: not where it has happened, and
 * where that can't be looked up only after somebody has read so.
 */
export async function maySendAgain(write: Write | undefined): Promise<boolean> {
  const isTold = !write || write.error !== undefined;
  const isThere = await write?.check();
  return isThere === false || (isThere === undefined && isTold);
}

/** The write that was begun with these very variables, while it is not settled. */
export function useWriteOf<Data, Variables>(variables: Variables | undefined): Write<Data, Variables> | undefined {
  const { writes } = useWrites();
  return writes.find((write): write is Write<Data, Variables> => write.variables === variables);
}
