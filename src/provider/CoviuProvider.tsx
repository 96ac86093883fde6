import { QueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";

import type { CoviuClient } from "../api/client.ts";
import { hasMode } from "../api/development.ts";
import { localeError, usedLocale, zoneError } from "../domain/intl.ts";
import { checkClient, noteProvider, noteReplaced } from "./checkClient.ts";
import { rememberClicks } from "./lastClicked.ts";
import { createMutationClient } from "./mutationClient.ts";
import { channelOf } from "./tabs.ts";
import { watch } from "./watch.ts";

declare const process: { env: { NODE_ENV?: string | undefined } };

/** What `useCoviu` gives to hooks and screens of your own. */
export interface Coviu {
  client: CoviuClient;
  /** The query client of the kit's own queries: pass it to TanStack's hooks as their second argument. */
  queryClient: QueryClient;
  /** IANA name, for example `Australia/Sydney`: every time is shown and read in it. */
  timeZone: string;
  /** BCP 47 tag, for example `en-AU`: the one in use, which is `en-AU` where the browser has no data for the given one. */
  locale: string;
  now: () => Date;
}

interface Settings {
  /** Texts by component. */
  messages?: Readonly<Record<string, object | undefined>> | undefined;
  /** Hosts that entry links may lead to; the vendor's if left out. */
  entryUrlHosts?: readonly string[] | undefined;
  /** Hosts that pictures may be loaded from; none if left out, then initials are shown. */
  pictureHosts?: readonly string[] | undefined;
  /**
   * Where dialogs are put.
   *
   * @default the nearest open dialog, popover, element in full screen or shadow root around the component, else the body
   */
  portalContainer?: HTMLElement | null | undefined;
  /** @deprecated Not used any more: the kit adds no style element to the page. */
  nonce?: string | undefined;
}

export interface CoviuProviderProps extends Settings {
  client: CoviuClient;
  /** IANA name, for example `Australia/Sydney`. One that the browser does not know is reported, and UTC shown instead. */
  timeZone: string;
  /**
   * BCP 47 tag, for example `en-AU`. One that the browser has no data for is reported, and `en-AU` used instead: never
   * the locale of the machine.
   */
  locale: string;
  /** The clock; the browser's if left out, corrected by the server's where its time can be seen. */
  now?: (() => Date) | undefined;
  /** Shares a query client of the app's own. The client then needs a `scope`. */
  queryClient?: QueryClient | undefined;
  children?: ReactNode;
}

interface Internal extends Coviu, Settings {
  /** Holds the mutations of the kit's own hooks. */
  mutationClient: QueryClient;
}

const CoviuContext = createContext<Internal | undefined>(undefined);

/** A context of one copy of the kit does not reach the components of another. */
const copies = Symbol.for("coviu-react.copies");
if (hasMode && process.env.NODE_ENV !== "production") {
  Reflect.set(globalThis, copies, (Reflect.get(globalThis, copies) ?? 0) + 1);
}

/**
 * Gives everything below it the client, the clinic's time zone and the locale. Another `client` unmounts everything
 * below, and what was cached for the first one is dropped before anything of the next is shown.
 */
export function CoviuProvider({
  client,
  timeZone: givenZone,
  locale: givenLocale,
  now: givenNow,
  queryClient: shared,
  messages,
  entryUrlHosts,
  pictureHosts,
  portalContainer,
  children,
}: CoviuProviderProps) {
  if (hasMode && process.env.NODE_ENV !== "production") checkClient(client);
  if (shared && client.scope === undefined) {
    throw new TypeError("A shared queryClient needs createCoviuClient({ scope }).");
  }
  const locale = usedLocale(givenLocale);
  // Zones come and go with the data of a browser: UTC is at least the same everywhere, and the screens name it.
  const unknown = useMemo(() => zoneError(givenZone), [givenZone]);
  const timeZone = unknown ? "UTC" : givenZone;
  useEffect(() => rememberClicks(window), []);
  useEffect(() => {
    for (const error of [unknown, localeError(givenLocale)]) if (error) globalThis.reportError?.(error);
  }, [unknown, givenLocale]);
  const own = useMemo(() => heldBy(client), [client]).queryClient;
  const queryClient = shared ?? own;
  const mutationClient = useMemo(() => mutationClientOf(client, shared), [client, shared]);
  const isEnded = () => client.connection.state === "ended";
  const ended = useSyncExternalStore(client.connection.subscribe, isEnded, isEnded);
  const [shown, show] = useState(client);
  const left = ended || shown !== client;
  useEffect(() => {
    if (left) {
      if (hasMode && process.env.NODE_ENV !== "production" && shown !== client) noteReplaced(shown);
      leave(shown, shared);
      // oxlint-disable-next-line react/set-state-in-effect -- only when the first one's screens have gone, may the next begin
      show(client);
      return undefined;
    }
    const record = heldBy(client);
    record.mounts = (record.mounts ?? 0) + 1;
    queryClient.mount();
    const leaving = new AbortController();
    const forget = hasMode && process.env.NODE_ENV !== "production" ? noteProvider(client, queryClient) : undefined;
    watch(client, queryClient, leaving.signal);
    const tabs = channelOf(client);
    tabs?.addEventListener("message", () => client.end());
    return () => {
      leaving.abort();
      forget?.();
      tabs?.close();
      queryClient.unmount();
      record.mounts = (record.mounts ?? 1) - 1;
      // StrictMode's trial unmount does not count.
      queueMicrotask(() => leave(client, shared));
    };
  }, [client, shown, left, queryClient, shared]);
  const now = useMemo(
    () => givenNow ?? (() => new Date(Date.now() + client.connection.clockOffset)),
    [givenNow, client],
  );
  const settings = { messages, entryUrlHosts, pictureHosts, portalContainer };
  const given = { client, queryClient, mutationClient, timeZone, locale, now, ...settings };
  // oxlint-disable-next-line react/exhaustive-deps -- these are all of its parts
  const value = useMemo(() => given, Object.values(given));
  // What the last person saw goes with the client, before anybody else looks.
  return left ? null : <CoviuContext.Provider value={value}>{children}</CoviuContext.Provider>;
}

/** The client, its query client and the settings of the nearest provider, for hooks of your own. */
export function useCoviu(): Coviu {
  return useCoviuSettings();
}

/** What only components read: texts, hosts and where dialogs go. */
export function useCoviuSettings(): Internal {
  const value = useContext(CoviuContext);
  if (!value) {
    const isDouble = hasMode && process.env.NODE_ENV !== "production" && Reflect.get(globalThis, copies) > 1;
    const hint = isDouble ? " More than one copy of coviu-react is loaded." : "";
    throw new Error(`No Coviu client found. Wrap this part of the tree in <CoviuProvider client={…}>.${hint}`);
  }
  return value;
}

/** Where the app wants dialogs to be put; `undefined` where it does not say, and outside a provider. */
export function usePortalContainer(): HTMLElement | undefined {
  return useContext(CoviuContext)?.portalContainer ?? undefined;
}

interface Held {
  queryClient: QueryClient;
  /** One per query client of the app's; its own mutations are in `queryClient` where none is shared. */
  mutationClients: Map<QueryClient, QueryClient>;
  /** Providers on the page; `undefined` once what was cached has gone. */
  mounts?: number | undefined;
}
const held = new WeakMap<CoviuClient, Held>();

/** Belongs to the client, not to the component: one made in the component would loop for ever with suspense. */
function heldBy(client: CoviuClient): Held {
  const known = held.get(client);
  if (known) return known;
  const made = { queryClient: new QueryClient(), mutationClients: new Map<QueryClient, QueryClient>() };
  if (typeof window !== "undefined") held.set(client, made);
  return made;
}

function mutationClientOf(client: CoviuClient, shared: QueryClient | undefined): QueryClient {
  const { queryClient, mutationClients } = heldBy(client);
  if (!shared) return queryClient;
  const known = mutationClients.get(shared) ?? createMutationClient(shared);
  mutationClients.set(shared, known);
  return known;
}

/** When the last provider of a client has left, what was read and written goes, and nothing of the app's own. */
function leave(client: CoviuClient, shared: QueryClient | undefined): void {
  const record = heldBy(client);
  if (record.mounts !== 0) return;
  record.mounts = undefined;
  const queryKey = ["coviu", client.scope];
  const queryClient = shared ?? record.queryClient;
  queryClient.removeQueries(shared && { queryKey });
  dropMutations(queryClient, shared && queryKey);
  for (const mutationClient of record.mutationClients.values()) dropMutations(mutationClient);
  record.mutationClients.clear();
}

function dropMutations(queryClient: QueryClient, mutationKey?: readonly unknown[]): void {
  const mutations = queryClient.getMutationCache();
  for (const mutation of mutations.findAll(mutationKey && { mutationKey })) {
    // Its timer would hold it for minutes.
    mutation.destroy();
    mutations.remove(mutation);
  }
}
