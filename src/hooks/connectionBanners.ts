import { useEffect, useSyncExternalStore } from "react";

import { clientState } from "../api/clientState.ts";
import { createStore } from "../api/store.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";

/** Number of mounted banners of a client, and the function that opens the sign-in. */
const bannersOf = clientState(() => ({
  count: createStore(0),
  onSignIn: createStore<(() => void) | undefined>(undefined),
}));

/** Counts a banner while it is mounted. Views then leave the announcement of an outage to it. */
export function useCountBanner(): void {
  const { client } = useCoviu();
  useEffect(() => {
    const { count } = bannersOf(client);
    count.set(count.get() + 1);
    return () => count.set(count.get() - 1);
  }, [client]);
}

/** Provides the function that opens the sign-in, for forms that cover the banner. */
export function useProvideSignIn(onSignIn: (() => void) | undefined): void {
  const { client } = useCoviu();
  useEffect(() => {
    if (!onSignIn) return undefined;
    const current = bannersOf(client).onSignIn;
    current.set(onSignIn);
    return () => {
      if (current.get() === onSignIn) current.set(undefined);
    };
  }, [client, onSignIn]);
}

/** Whether a banner is mounted for the client. */
export function useHasBanner(): boolean {
  const { client } = useCoviu();
  const { subscribe, get } = bannersOf(client).count;
  return useSyncExternalStore(subscribe, get, () => 0) > 0;
}

/** The function that opens the sign-in, which a banner provides. */
export function useSignIn(): (() => void) | undefined {
  const { client } = useCoviu();
  const { subscribe, get } = bannersOf(client).onSignIn;
  return useSyncExternalStore(subscribe, get, () => undefined);
}
