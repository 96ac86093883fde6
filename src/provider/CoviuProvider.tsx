import { QueryClient } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { createContext, Fragment, type ReactNode, useContext, useEffect, useInsertionEffect, useMemo } from "react";

import type { CoviuClient } from "../api/client.ts";

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
}

export interface CoviuProviderProps extends Settings {
  client: CoviuClient;
  timeZone: string;
  locale: string;
  /** The clock; the browser's if left out. */
  now?: (() => Date) | undefined;
  /** Shares a query client of the app's own. The client then needs a `scope`. */
  queryClient?: QueryClient | undefined;
  /** Of your Content-Security-Policy, for the style that locks scrolling behind a dialog. */
  nonce?: string | undefined;
  children?: ReactNode;
}

const CoviuContext = createContext<(Coviu & Settings) | undefined>(undefined);

/**
 * Gives everything below it the client, the clinic's time zone and the locale. Another `client` unmounts everything
 * below, and what was cached for the first one is dropped.
 */
export function CoviuProvider({
  client,
  timeZone,
  locale,
  now = currentTime,
  queryClient: shared,
  messages,
  entryUrlHosts,
  pictureHosts,
  portalContainer,
  nonce,
  children,
}: CoviuProviderProps) {
  if (shared && client.scope === undefined) {
    throw new TypeError("A shared queryClient needs a scope on the client: createCoviuClient({ scope: … }).");
  }
  const queryClient = useMemo(() => shared ?? privateQueryClient(client), [shared, client]);
  useQueryClientMount(queryClient, shared && client.scope);
  useInsertionEffect(() => {
    if (nonce) setNonce(nonce);
  }, [nonce]);
  const value = useMemo(
    () => ({ client, queryClient, timeZone, locale, now, messages, entryUrlHosts, pictureHosts, portalContainer }),
    [client, queryClient, timeZone, locale, now, messages, entryUrlHosts, pictureHosts, portalContainer],
  );
  return (
    <CoviuContext.Provider value={value}>
      <Fragment key={keyOf(client)}>{children}</Fragment>
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

const currentTime = () => new Date();
const queryClients = new WeakMap<CoviuClient, QueryClient>();
const keys = new WeakMap<CoviuClient, number>();
const mounts = new WeakMap<QueryClient, number>();
let lastKey = 0;

/** Belongs to the client, not to the component: one made in the component would loop for ever with suspense. */
function privateQueryClient(client: CoviuClient): QueryClient {
  if (typeof window === "undefined") return new QueryClient();
  const known = queryClients.get(client) ?? new QueryClient();
  queryClients.set(client, known);
  return known;
}

function keyOf(client: CoviuClient): number {
  const known = keys.get(client) ?? (lastKey += 1);
  keys.set(client, known);
  return known;
}

/** When the last provider has really left, what was cached goes. StrictMode's trial unmount does not count. */
function useQueryClientMount(queryClient: QueryClient, sharedScope: string | undefined): void {
  useEffect(() => {
    queryClient.mount();
    mounts.set(queryClient, (mounts.get(queryClient) ?? 0) + 1);
    return () => {
      queryClient.unmount();
      mounts.set(queryClient, (mounts.get(queryClient) ?? 0) - 1);
      queueMicrotask(() => {
        if (mounts.get(queryClient)) return;
        const queryKey = sharedScope === undefined ? [] : ["coviu", sharedScope];
        void queryClient.cancelQueries({ queryKey });
        queryClient.removeQueries({ queryKey });
        if (sharedScope === undefined) queryClient.clear();
      });
    };
  }, [queryClient, sharedScope]);
}
