import { useReducer, useState, useSyncExternalStore } from "react";

import type { CoviuErrorCode } from "../../api/errors.ts";
import { useCountBanner } from "../../hooks/connectionBanners.ts";
import { useShownReads } from "../../hooks/useShownReads.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { type AnnouncedConnection, useAnnouncedConnection } from "../connection/useAnnouncedConnection.ts";
import { type Age, useAge } from "../time/useAge.ts";

/** Result of `useConnectionBanner`. */
export interface UseConnectionBannerResult {
  /** State of the connection for users. `back` follows `down` and `signed-in` follows `signed-out`, for a few seconds. */
  state: AnnouncedConnection;
  /** Code of the failure. `undefined` while the connection is up. */
  problem: CoviuErrorCode | undefined;
  /** Age of the oldest data on the page. `undefined` while the connection is up. */
  age: Age | undefined;
  /** Sends one read. When it succeeds, everything is read again. */
  retry: () => Promise<void>;
  /** Whether data is being read again. */
  retrying: boolean;
  /** Number of calls of `retry` without success. */
  tries: number;
}

/**
 * State of `ConnectionBanner`. While it is mounted, other components do not announce an outage.
 *
 * @example
 *   function MyBanner() {
 *     const { problem, retry, retrying } = useConnectionBanner();
 *     if (!problem) return null;
 *     return (
 *       <div role="alert">
 *         {failureText(new CoviuError({ code: problem }), failureMessages, "read").title}
 *         <button disabled={retrying} onClick={() => void retry()}>Try again</button>
 *       </div>
 *     );
 *   }
 */
export function useConnectionBanner(): UseConnectionBannerResult {
  const { client } = useCoviu();
  const state = useAnnouncedConnection();
  const shown = useShownReads();
  const [retrying, setRetrying] = useState(false);
  const [tries, countTry] = useReducer((count: number) => count + 1, 0);
  useCountBanner();
  // The text of a failure depends on whether the browser is offline.
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
    problem: broken ? client.connection.reason : undefined,
    age: useAge(broken ? shown.readAt() : undefined),
    retry,
    retrying: retrying || client.connection.state === "up",
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
