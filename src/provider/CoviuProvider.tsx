import { QueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from "react";

import type { CoviuClient } from "../api/client.ts";
import { zoneError } from "../domain/wallClock.ts";
import { recover } from "./recovery.ts";

/** What `useCoviu` gives to hooks and screens of your own. */
export interface Coviu {
  client: CoviuClient;
  /** The query client of the kit's own queries: pass it to TanStack's hooks as their second argument. */
  queryClient: QueryClient;
  /** IANA name, for example `Australia/Sydney`: every time is shown and read in it. */
  timeZone: string;
  /** BCP 47 tag, for example `en-AU`. */
  locale: string;
  now: () => Date;
}

interface Settings {
  /** Texts by component, for example `{ sessionList: { title: "Sitzungen" } }`. */
  messages?: Readonly<Record<string, object | undefined>> | undefined;
  /** Hosts that entry links may lead to; the vendor's if left out. */
  entryUrlHosts?: readonly string[] | undefined;
  /** Hosts that pictures may be loaded from; none if left out, then initials are shown. */
  pictureHosts?: readonly string[] | undefined;
  /** Where dialogs are put; a node of the kit's own if left out. */
  portalContainer?: HTMLElement | undefined;
  /** Of your Content-Security-Policy, for the style that locks scrolling behind a dialog. */
  nonce?: string | undefined;
}

export interface CoviuProviderProps extends Settings {
  client: CoviuClient;
  /** IANA name, for example `Australia/Sydney`. One that the browser does not know is reported, and UTC shown instead. */
  timeZone: string;
  locale: string;
  /** The clock; the browser's if left out, corrected by the server's where its time can be seen. */
  now?: (() => Date) | undefined;
  /** Shares a query client of the app's own. The client then needs a `scope`. */
  queryClient?: QueryClient | undefined;
  children?: ReactNode;
}

const CoviuContext = createContext<(Coviu & Settings) | undefined>(undefined);

/**
 * Gives everything below it the client, the clinic's time zone and the locale. Another `client` unmounts everything
 * below, and what was cached for the first one is dropped.
 */
export function CoviuProvider({
  client,
  timeZone: givenZone,
  locale,
  now: givenNow,
  queryClient: shared,
  messages,
  entryUrlHosts,
  pictureHosts,
  portalContainer,
  nonce,
  children,
}: CoviuProviderProps) {
  if (shared && client.scope === undefined) {
    throw new TypeError("A shared queryClient needs createCoviuClient({ scope }).");
  }
  // Zones come and go with the data of a browser: UTC is at least the same everywhere, and the screens name it.
  const unknown = useMemo(() => zoneError(givenZone), [givenZone]);
  const timeZone = unknown ? "UTC" : givenZone;
  useEffect(() => {
    if (unknown) globalThis.reportError?.(unknown);
  }, [unknown]);
  const { queryClient: own, key } = useMemo(() => heldBy(client), [client]);
  const queryClient = shared ?? own;
  useMountedQueryClient(queryClient, client);
  const now = useMemo(
    () => givenNow ?? (() => new Date(Date.now() + client.connection.clockOffset)),
    [givenNow, client],
  );
  const value = useMemo(
    () => ({
      client,
      queryClient,
      timeZone,
      locale,
      now,
      messages,
      entryUrlHosts,
      pictureHosts,
      portalContainer,
      nonce,
    }),
    [client, queryClient, timeZone, locale, now, messages, entryUrlHosts, pictureHosts, portalContainer, nonce],
  );
  const isEnded = () => client.connection.state === "ended";
  // What the last person saw goes with the client, before anybody else looks.
  if (useSyncExternalStore(client.connection.subscribe, isEnded, isEnded)) return null;
  return (
    <CoviuContext.Provider key={key} value={value}>
      {children}
    </CoviuContext.Provider>
  );
}

/** The client, its query client and the settings of the nearest provider, for hooks of your own. */
export function useCoviu(): Coviu {
  return useCoviuSettings();
}

/** What only components read: texts, hosts and where dialogs go. */
export function useCoviuSettings(): Coviu & Settings {
  const value = useContext(CoviuContext);
  if (!value) throw new Error("No Coviu client found. Wrap this part of the tree in <CoviuProvider client={…}>.");
  return value;
}

interface Held {
  queryClient: QueryClient;
  key: number;
  mounts: number;
}
const held = new WeakMap<CoviuClient, Held>();
let keys = 0;

/** Belongs to the client, not to the component: one made in the component would loop for ever with suspense. */
function heldBy(client: CoviuClient): Held {
  const known = held.get(client);
  if (known) return known;
  const made = { queryClient: new QueryClient(), key: (keys += 1), mounts: 0 };
  if (typeof window !== "undefined") held.set(client, made);
  return made;
}

/** When the last provider has really left, what was cached goes. StrictMode's trial unmount does not count. */
function useMountedQueryClient(queryClient: QueryClient, client: CoviuClient): void {
  useEffect(() => {
    const record = heldBy(client);
    queryClient.mount();
    record.mounts += 1;
    const stop = recover(client, queryClient);
    const tabs = channelOf(client);
    tabs?.addEventListener("message", () => {
      client.end();
      forget(client, queryClient);
    });
    // Whoever clicks or presses a key on something wants an answer now, not at the next of the client's own tries.
    const { resume } = client.connection;
    document.addEventListener("click", resume, true);
    return () => {
      stop();
      tabs?.close();
      document.removeEventListener("click", resume, true);
      queryClient.unmount();
      record.mounts -= 1;
      queueMicrotask(() => {
        if (!record.mounts) forget(client, queryClient);
      });
    };
  }, [queryClient, client]);
}

/** Drops what was read and written, and nothing of the app's own. */
export function forget(client: CoviuClient, queryClient: QueryClient): void {
  if (queryClient === held.get(client)?.queryClient) queryClient.clear();
  else {
    const queryKey = ["coviu", client.scope];
    queryClient.removeQueries({ queryKey });
    const mutations = queryClient.getMutationCache();
    for (const mutation of mutations.findAll({ mutationKey: queryKey })) mutations.remove(mutation);
  }
}

/** Ends this client in the other tabs of this origin, too. */
export function tellTabs(client: CoviuClient): void {
  const tabs = channelOf(client);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel never leaves its origin
  tabs?.postMessage("signed-out");
  tabs?.close();
}

function channelOf({ baseUrl, scope = "" }: CoviuClient): BroadcastChannel | undefined {
  return typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(`coviu-react ${scope} ${baseUrl}`);
}
