import type { QueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";

import type { CoviuClient } from "../api/client.ts";
import { hasMode } from "../api/development.ts";
import { localeError, usedLocale, zoneError } from "../domain/intl.ts";
import { checkClient, noteProvider, noteReplaced } from "./checkClient.ts";
import { recordClicks } from "./lastClicked.ts";
import { onSignOutElsewhere } from "./otherTabs.ts";
import { countProvider, dropData, mutationClientOf, queryClientsOf } from "./queryClients.ts";
import { watchPage } from "./watchPage.ts";

declare const process: { env: { NODE_ENV?: string | undefined } };

/** The result of `useCoviu`, for your own hooks and screens. */
export interface Coviu {
  /** Sends the requests of the hooks and components. */
  client: CoviuClient;
  /** Holds the queries of the kit. Pass it to the hooks of TanStack Query as their second argument. */
  queryClient: QueryClient;
  /** IANA name, for example `Australia/Sydney`. Every time is shown and typed in this zone. */
  timeZone: string;
  /** BCP 47 tag of the locale in use, for example `en-AU`. It is `en-AU` if the browser has no data for the given locale. */
  locale: string;
  /** The current time, by the clock of the provider. */
  now: () => Date;
}

interface Settings {
  /** Replaces texts, by component. Texts that are absent stay as they are. */
  messages?: Readonly<Record<string, object | undefined>> | undefined;
  /**
   * Host names that entry links may lead to. Other entry links are not shown.
   *
   * @default the hosts of Coviu
   */
  entryUrlHosts?: readonly string[] | undefined;
  /**
   * Host names that pictures may be loaded from. Initials are shown for other pictures.
   *
   * @default none
   */
  pictureHosts?: readonly string[] | undefined;
  /**
   * The element in which dialogs are rendered.
   *
   * @default the nearest open dialog, popover, element in full screen or shadow root around the component, else the body
   */
  portalContainer?: HTMLElement | null | undefined;
}

export interface CoviuProviderProps extends Settings {
  /** The client that every hook and component below uses. Create it once, outside of components. */
  client: CoviuClient;
  /** IANA name, for example `Australia/Sydney`. An unknown zone is reported with `reportError`, and UTC is used. */
  timeZone: string;
  /**
   * BCP 47 tag, for example `en-AU`. A locale without data in the browser is reported with `reportError`, and `en-AU` is
   * used. The locale of the computer is never used.
   */
  locale: string;
  /**
   * Returns the current time.
   *
   * @default the clock of the computer, corrected by the `date` header of the server where it is readable
   */
  now?: (() => Date) | undefined;
  /**
   * Shares the query client of your app. The client then needs a `scope`.
   *
   * @default a query client of the kit
   */
  queryClient?: QueryClient | undefined;
  /** Your app, or the part of it that uses the kit. */
  children?: ReactNode;
}

interface InternalCoviu extends Coviu, Settings {
  /** Holds the mutations of the kit's own hooks. */
  mutationClient: QueryClient;
}

const CoviuContext = createContext<InternalCoviu | undefined>(undefined);

/** Counts loaded copies of the kit: the context of one copy does not reach the components of another. */
const copies = Symbol.for("coviu-react.copies");
if (hasMode && process.env.NODE_ENV !== "production") {
  Reflect.set(globalThis, copies, (Reflect.get(globalThis, copies) ?? 0) + 1);
}

/**
 * Provides the client, the time zone and the locale to everything below. A new `client` unmounts everything below, and the
 * cached data of the first one is dropped before the next one is shown.
 *
 * @throws TypeError if `queryClient` is given and the client has no `scope`.
 * @throws RangeError if `locale` is not a BCP 47 tag.
 * @example
 * const client = createCoviuClient({ baseUrl: "/api/coviu" });
 *
 * <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU">
 *   <FrontDesk />
 * </CoviuProvider>
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
  // Browsers know different zones. All of them know UTC, and the screens show that times are in UTC.
  const unknownZone = useMemo(() => zoneError(givenZone), [givenZone]);
  const timeZone = unknownZone ? "UTC" : givenZone;
  useEffect(() => recordClicks(window), []);
  useEffect(() => {
    for (const error of [unknownZone, localeError(givenLocale)]) if (error) globalThis.reportError?.(error);
  }, [unknownZone, givenLocale]);
  const { queryClient: own } = useMemo(() => queryClientsOf(client), [client]);
  const queryClient = shared ?? own;
  const mutationClient = useMemo(() => mutationClientOf(client, shared), [client, shared]);
  const isEnded = () => client.connection.state === "ended";
  const hasEnded = useSyncExternalStore(client.connection.subscribe, isEnded, isEnded);
  const [shownClient, setShownClient] = useState(client);
  const isLeaving = hasEnded || shownClient !== client;
  useEffect(() => {
    if (isLeaving) {
      if (hasMode && process.env.NODE_ENV !== "production" && shownClient !== client) noteReplaced(shownClient);
      dropData(shownClient, shared);
      // oxlint-disable-next-line react/set-state-in-effect -- the next client is shown only after the screens of the first are unmounted
      setShownClient(client);
      return undefined;
    }
    const uncount = countProvider(client, shared);
    queryClient.mount();
    const unmounting = new AbortController();
    const forget = hasMode && process.env.NODE_ENV !== "production" ? noteProvider(client, queryClient) : undefined;
    watchPage(client, queryClient, unmounting.signal);
    const stopListening = onSignOutElsewhere(client, () => client.end());
    return () => {
      unmounting.abort();
      forget?.();
      stopListening();
      queryClient.unmount();
      uncount();
    };
  }, [client, shownClient, isLeaving, queryClient, shared]);
  const now = useMemo(
    () => givenNow ?? (() => new Date(Date.now() + client.connection.clockOffset)),
    [givenNow, client],
  );
  const settings = { messages, entryUrlHosts, pictureHosts, portalContainer };
  const given = { client, queryClient, mutationClient, timeZone, locale, now, ...settings };
  // oxlint-disable-next-line react/exhaustive-deps -- these are all properties of `given`
  const value = useMemo(() => given, Object.values(given));
  // The data of the last user disappears together with the client.
  return isLeaving ? null : <CoviuContext.Provider value={value}>{children}</CoviuContext.Provider>;
}

/**
 * Returns the client, the query client, the time zone, the locale and the clock of the nearest provider.
 *
 * @throws Error if there is no provider above.
 * @example
 * const { client, queryClient } = useCoviu();
 * const session = useQuery(sessionQueryOptions(client, sessionId), queryClient);
 */
export function useCoviu(): Coviu {
  return useCoviuSettings();
}

/** `useCoviu` with the settings that only the kit reads. */
export function useCoviuSettings(): InternalCoviu {
  const value = useContext(CoviuContext);
  if (!value) {
    const isDouble = hasMode && process.env.NODE_ENV !== "production" && Reflect.get(globalThis, copies) > 1;
    const hint = isDouble ? " More than one copy of coviu-react is loaded." : "";
    throw new Error(`No Coviu client found. Wrap this part of the tree in <CoviuProvider client={…}>.${hint}`);
  }
  return value;
}

/** The `portalContainer` of the provider. `undefined` if there is none, or no provider. */
export function usePortalContainer(): HTMLElement | undefined {
  return useContext(CoviuContext)?.portalContainer ?? undefined;
}
