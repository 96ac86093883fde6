import { useReducer, useState, useSyncExternalStore } from "react";

import { useCountBanner } from "../../hooks/connectionBanners.ts";
import { useShownReads } from "../../hooks/useShownReads.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { useAnnouncedConnection } from "../connection/useAnnouncedConnection.ts";
import { useAge } from "../time/useAge.ts";

/** What is wrong with the connection, how old what is shown has become, and trying again. */
export function useConnectionBanner() {
  const { client } = useCoviu();
  const state = useAnnouncedConnection();
  const shown = useShownReads();
  const [retrying, setRetrying] = useState(false);
  const [tries, countTry] = useReducer((count: number) => count + 1, 0);
  useCountBanner();
  // Whether a failure is called offline changes with it.
  useSyncExternalStore(subscribeOnline, isOnline, () => true);
  const broken = state === "down" || state === "signed-out";

  async function retry(): Promise<void> {
    client.connection.resume();
    setRetrying(true);
    await shown.read();
    setRetrying(false);
    if (client.connection.state !== "up") countTry();
  }

  return {
    state,
    /** The code of what went wrong; `undefined` where nothing is. */
    problem: broken ? client.connection.reason : undefined,
    /** Of the oldest of what is shown. */
    age: useAge(broken ? shown.readAt() : undefined),
    /** Sends one read; when it gets through, everything is read again. */
    retry,
    /** Also while what is read again is on its way. */
    retrying: retrying || client.connection.state === "up",
    /** How often somebody has tried in vain. */
    tries,
  };
}

function subscribeOnline(notify: () => void): () => void {
  const events = ["online", "offline"];
  for (const event of events) window.addEventListener(event, notify);
  return () => {
    for (const event of events) window.removeEventListener(event, notify);
  };
}

function isOnline(): boolean {
  return navigator.onLine;
}
