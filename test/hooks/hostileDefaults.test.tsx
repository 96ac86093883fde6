import {
  keepPreviousData,
  MutationCache,
  type MutationOptions,
  QueryCache,
  QueryClient,
  useInfiniteQuery,
  type UseInfiniteQueryOptions,
  type UseMutationOptions,
  useQuery,
  type UseQueryOptions,
} from "@tanstack/react-query";
import { act, render, renderHook, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Component, type ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";

import {
  addParticipantMutationOptions,
  cancelSessionMutationOptions,
  CoviuProvider,
  createCoviuClient,
  createSession,
  createSessionMutationOptions,
  FrontDesk,
  getSession,
  infiniteSessionsQueryOptions,
  participantQueryOptions,
  participantsQueryOptions,
  removeParticipantMutationOptions,
  type Session,
  sessionQueryOptions,
  sessionsQueryOptions,
  updateParticipantMutationOptions,
  updateSessionMutationOptions,
  useCancelSession,
  useCoviu,
  useCreateSession,
  useInfiniteSessions,
  useParticipant,
  useParticipants,
  useSession,
  useSessions,
} from "../../src/index.ts";
import { overlappingSessionsQueryOptions } from "../../src/queries/overlappingSessions.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { testNow } from "../render.tsx";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const other = { session_id: "other", session_name: "Of somebody else", start_time: testNow, end_time: testNow };
const never = () => new Promise<never>(() => {});
const fail = () => {
  throw new Error("of the app");
};

/**
 * A hostile value for every option of TanStack Query that a query can have. The type names all of them: with one that is
 * new, this file has a type error until the kit decides that option as well.
 */
type QueryOption = keyof UseQueryOptions | keyof UseInfiniteQueryOptions;
const hostileQueries: Record<Exclude<QueryOption, "queryKey"> | "suspense", unknown[]> = {
  _defaulted: [true],
  _optimisticResults: ["isRestoring"],
  _type: ["infinite"],
  behavior: [{ onFetch: ({ fetchFn }: { fetchFn: unknown }) => fetchFn }],
  enabled: [false, () => false],
  gcTime: [0, Infinity],
  getNextPageParam: [() => 1],
  getPreviousPageParam: [() => 1],
  initialData: [other, () => other, { content: [other], more: false }],
  initialDataUpdatedAt: [Date.parse("2100-01-01T00:00:00Z")],
  initialPageParam: [7],
  maxPages: [1],
  meta: [{ persist: true }],
  networkMode: ["online", "offlineFirst"],
  notifyOnChangeProps: [[], () => []],
  persister: [never, async () => other],
  placeholderData: [keepPreviousData, other, { content: [other], more: false }],
  queryFn: [async () => other],
  queryHash: ["one"],
  queryKeyHashFn: [() => "one"],
  refetchInterval: [1],
  refetchIntervalInBackground: [true],
  refetchOnMount: [false, "always"],
  refetchOnReconnect: [false, "always"],
  refetchOnWindowFocus: [false, "always"],
  retry: [3, true],
  retryDelay: [1_000_000],
  retryOnMount: [false],
  select: [() => other, () => undefined, fail],
  staleTime: [Infinity, "static", 0],
  structuralSharing: [false, (old: unknown, data: unknown) => old ?? data, () => other],
  subscribed: [false],
  suspense: [true],
  throwOnError: [true, () => true],
};

type MutationOption = keyof UseMutationOptions | keyof MutationOptions;
const hostileMutations: Record<Exclude<MutationOption, "mutationKey" | "_defaulted">, unknown[]> = {
  gcTime: [0],
  meta: [{ persist: true }],
  mutationFn: [async () => other],
  networkMode: ["online", "offlineFirst"],
  onError: [fail, never],
  onMutate: [fail, never],
  onSettled: [fail, never],
  onSuccess: [fail, never],
  retry: [3, true],
  retryDelay: [1],
  scope: [{ id: "one" }],
  throwOnError: [true, () => true],
};

const client = createCoviuClient({ baseUrl: "https://clinic.example/api", scope: "clinic" });
const queries: [string, object][] = [
  ["sessionsQueryOptions", sessionsQueryOptions(client)],
  ["infiniteSessionsQueryOptions", infiniteSessionsQueryOptions(client)],
  ["overlappingSessionsQueryOptions", overlappingSessionsQueryOptions(client)],
  ["sessionQueryOptions", sessionQueryOptions(client, "s")],
  ["participantsQueryOptions", participantsQueryOptions(client, "s")],
  ["participantQueryOptions", participantQueryOptions(client, "p")],
];
const mutations: [string, object][] = [
  ["createSessionMutationOptions", createSessionMutationOptions(client)],
  ["updateSessionMutationOptions", updateSessionMutationOptions(client)],
  ["cancelSessionMutationOptions", cancelSessionMutationOptions(client)],
  ["addParticipantMutationOptions", addParticipantMutationOptions(client)],
  ["updateParticipantMutationOptions", updateParticipantMutationOptions(client)],
  ["removeParticipantMutationOptions", removeParticipantMutationOptions(client)],
];

describe("every option", () => {
  it.each(queries)("of a query is decided by %s", (_, options) => {
    expect(Object.keys(options)).toEqual(expect.arrayContaining(Object.keys(hostileQueries)));
  });

  it.each(mutations)("of a mutation is decided by %s", (_, options) => {
    expect(Object.keys(options)).toEqual(expect.arrayContaining(Object.keys(hostileMutations)));
  });
});

type Named = [name: string, make: () => QueryClient];

/** One query client for each value as a default option. */
function clients(kind: "queries" | "mutations", table: Record<string, unknown[]>): Named[] {
  return Object.entries(table).flatMap(([option, values]) =>
    values.map((value, index): Named => [
      `${option}, value ${index + 1}`,
      () => new QueryClient({ defaultOptions: { [kind]: { [option]: value } } }),
    ]),
  );
}

const callbacks = ["onSuccess", "onError", "onSettled", "onMutate"] as const;
const cacheCallbacks: Named[] = callbacks.flatMap((name): Named[] =>
  [fail, never].map((callback, index): Named => [
    `global callback ${name}, value ${index + 1}`,
    () =>
      new QueryClient({
        queryCache: new QueryCache(name === "onMutate" ? {} : { [name]: callback }),
        mutationCache: new MutationCache({ [name]: callback }),
      }),
  ]),
);

const firstValues = (table: Record<string, unknown[]>) =>
  Object.fromEntries(Object.entries(table).map(([name, values]) => [name, values[0]]));
const failingCaches = () => ({
  queryCache: new QueryCache({ onSuccess: fail, onError: fail, onSettled: fail }),
  mutationCache: new MutationCache({ onMutate: fail, onSuccess: fail, onError: fail, onSettled: fail }),
});

/** The first value of every option at once. */
const everything: Named = [
  "all of them at once",
  () =>
    new QueryClient({
      ...failingCaches(),
      defaultOptions: { queries: firstValues(hostileQueries), mutations: firstValues(hostileMutations) },
    }),
];
const everythingOfKeys: Named = [
  "all of them at once, as defaults of the kit's keys",
  () => {
    const queryClient = new QueryClient(failingCaches());
    queryClient.setQueryDefaults(["coviu"], firstValues(hostileQueries));
    queryClient.setMutationDefaults(["coviu"], firstValues(hostileMutations));
    return queryClient;
  },
];

async function clinic() {
  vi.stubGlobal("reportError", vi.fn<(error: unknown) => void>());
  const sandbox = createSandbox({ now: testNow, seed: "none" });
  const posts: string[] = [];
  const own = createCoviuClient({
    ...sandbox,
    scope: "clinic",
    fetch: (input, init) => {
      const request = new Request(input, init);
      if (request.method !== "GET") posts.push(`${request.method} ${new URL(request.url).pathname.split("/")[2]}`);
      return sandbox.fetch(request);
    },
  });
  const book = (session_name: string, hour: number) =>
    createSession(own, {
      session_name,
      start_time: `2026-01-12T0${hour}:00:00Z`,
      end_time: `2026-01-12T0${hour}:30:00Z`,
      participants: [{ display_name: `Guest of ${session_name}` }],
    });
  const [a, b] = [await book("Session A", 2), await book("Session B", 3)];
  posts.length = 0;
  return { sandbox, client: own, a, b, posts };
}

class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    return this.state.failed ? "the app's own error screen" : this.props.children;
  }
}

function inApp(own: typeof client, queryClient: QueryClient) {
  return function App({ children }: { children: ReactNode }) {
    return (
      <Boundary>
        <CoviuProvider
          client={own}
          queryClient={queryClient}
          timeZone="UTC"
          locale="en-AU"
          now={() => new Date(testNow)}
        >
          {children}
        </CoviuProvider>
      </Boundary>
    );
  };
}

const readers = [...clients("queries", hostileQueries), ...cacheCallbacks, everything, everythingOfKeys];
const writers = [...clients("mutations", hostileMutations), ...cacheCallbacks, everything, everythingOfKeys];

/** What every hook and every exported factory shows of a session. */
function useEverything(session: Session) {
  const { client: own, queryClient } = useCoviu();
  const guest = session.participants?.[0]?.participant_id;
  const { start_time, session_id } = session;
  return {
    session: useSession(session_id).data?.session_id,
    people: useParticipants(session_id).data?.content[0]?.session_id,
    person: useParticipant(guest).data?.participant_id === guest ? session_id : undefined,
    sessions: useSessions({ start_time, page_size: 1 }).data?.content[0]?.session_id,
    infinite: useInfiniteSessions({ start_time, page_size: 1 }).data?.pages[0]?.content[0]?.session_id,
    composed: useQuery(sessionQueryOptions(own, session_id), queryClient).data?.session_id,
    composedList: useInfiniteQuery(infiniteSessionsQueryOptions(own, { start_time }), queryClient).data?.pages[0]
      ?.content[0]?.session_id,
  };
}

describe("a shared query client with hostile defaults", () => {
  it.each(readers)("shows every record under its own id: %s", async (_, make) => {
    const { client: own, a, b, posts } = await clinic();
    const shown: [string, (string | undefined)[]][] = [];
    const { result, rerender } = renderHook(
      ({ session }) => {
        const reads = Object.values(useEverything(session));
        shown.push([session.session_id, reads]);
        return reads;
      },
      { wrapper: inApp(own, make()), initialProps: { session: a } },
    );
    for (const session of [a, b]) {
      rerender({ session });
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await waitFor(() => expect(new Set(result.current)).toEqual(new Set([session.session_id])));
    }
    for (const [id, reads] of shown) expect([id, undefined]).toEqual(expect.arrayContaining(reads));
    expect(posts).toEqual([]);
  });

  const failing = readers.filter(([name]) => /throwOnError|suspense|retry|placeholder|initial|callback|all/.test(name));
  it.each(failing)("shows a failed read in the view and not in the app's error boundary: %s", async (_, make) => {
    const { client: own, sandbox } = await clinic();
    sandbox.faults.next({ status: 403, times: 100 });
    const { result } = renderHook(() => useSession("none"), { wrapper: inApp(own, make()) });
    await waitFor(() => expect(result.current?.error).toMatchObject({ name: "CoviuError", code: "forbidden" }));
    expect(result.current.data).toBeUndefined();
  });

  it.each(writers)("sends a booking once, and shows it as booked: %s", async (_, make) => {
    const { client: own, posts } = await clinic();
    const { result } = renderHook(() => useCreateSession(), { wrapper: inApp(own, make()) });
    act(() =>
      result.current.mutate({
        session_name: "New",
        start_time: "2026-01-12T05:00:00Z",
        end_time: "2026-01-12T05:30:00Z",
      }),
    );
    await waitFor(() => expect(result.current.data?.session_name).toBe("New"));
    expect(result.current).toMatchObject({ status: "success", error: null });
    expect(posts).toEqual(["POST sessions"]);
  });

  it.each(writers)("sends a refused booking once, and shows why: %s", async (_, make) => {
    const { client: own, posts, sandbox } = await clinic();
    sandbox.faults.next({ status: 409, times: 1 });
    const { result } = renderHook(() => useCancelSession(), { wrapper: inApp(own, make()) });
    act(() => result.current.mutate({ sessionId: "none" }));
    await waitFor(() => expect(result.current?.error).toMatchObject({ name: "CoviuError", code: "conflict" }));
    expect(posts).toEqual(["DELETE sessions"]);
  });

  it("keeps a write successful when a callback of the hook throws", async () => {
    const { client: own, posts } = await clinic();
    const settings = { onSuccess: fail, onSettled: fail };
    const { result } = renderHook(() => useCreateSession(settings), { wrapper: inApp(own, new QueryClient()) });
    act(() => result.current.mutate({ start_time: "2026-01-12T05:00:00Z", end_time: "2026-01-12T05:30:00Z" }));
    await waitFor(() => expect(result.current.status).toBe("success"));
    expect(posts).toHaveLength(1);
    expect(globalThis.reportError).toHaveBeenCalledTimes(2);
  });

  it("still calls the app's global callbacks of mutations", async () => {
    const { client: own } = await clinic();
    const onSuccess = vi.fn<() => void>();
    const queryClient = new QueryClient({ mutationCache: new MutationCache({ onSuccess }) });
    const { result } = renderHook(() => useCreateSession(), { wrapper: inApp(own, queryClient) });
    act(() => result.current.mutate({ start_time: "2026-01-12T05:00:00Z", end_time: "2026-01-12T05:30:00Z" }));
    await waitFor(() => expect(onSuccess).toHaveBeenCalledOnce());
  });
});

describe("the front desk on a shared query client with hostile defaults", () => {
  const desks: Named[] = [
    ["keepPreviousData", () => new QueryClient({ defaultOptions: { queries: { placeholderData: keepPreviousData } } })],
    [
      "throwOnError",
      () => new QueryClient({ defaultOptions: { queries: { throwOnError: true }, mutations: { throwOnError: true } } }),
    ],
    everything,
  ];

  it.each(desks)(
    "cancels the session that it names, and shows a failed read in the kit's notice: %s",
    async (_, make) => {
      const { client: own, a, b, posts, sandbox } = await clinic();
      const user = userEvent.setup();
      const App = inApp(own, make());
      render(
        <App>
          <FrontDesk defaultView="upcoming" />
        </App>,
      );
      await user.click(await screen.findByRole("button", { name: /Session A/ }));
      await screen.findByRole("heading", { name: "Session A" });
      await user.click(screen.getByRole("button", { name: /Session B/ }));
      const details = (await screen.findByRole("heading", { name: "Session B" })).closest("section");
      expect(details?.textContent).not.toContain("Session A");
      await user.click(await screen.findByRole("button", { name: "Cancel session" }));
      const question = await screen.findByRole("alertdialog");
      expect(question).toHaveTextContent("Session B");
      await user.click(within(question).getByRole("button", { name: /with Guest of Session B/ }));
      await waitFor(() => expect(posts).toEqual(["DELETE sessions"]));
      await expect(getSession(own, a.session_id)).resolves.toMatchObject({ session_name: "Session A" });
      await expect(getSession(own, b.session_id)).rejects.toMatchObject({ code: "not_found" });
      sandbox.faults.next({ status: 403, times: 100 });
      await user.click(screen.getByRole("tab", { name: /Past/ }));
      expect((await screen.findAllByText(/not allowed/)).length).toBeGreaterThan(0);
      expect(screen.queryByText("the app's own error screen")).toBeNull();
    },
  );
});
