import { useQuery } from "@tanstack/react-query";
import { act, render, renderHook, screen, waitFor } from "@testing-library/react";
import { Component, type ReactNode, StrictMode, Suspense } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";

import {
  type CoviuClient,
  CoviuError,
  CoviuProvider,
  createCoviuClient,
  createSession,
  listSessions,
  type QuerySettings,
  sessionsQueryOptions,
  useCoviu,
  useInfiniteSessions,
  useParticipant,
  useParticipants,
  useSession,
  useSessions,
  useSuspenseInfiniteSessions,
  useSuspenseParticipant,
  useSuspenseParticipants,
  useSuspenseSession,
  useSuspenseSessions,
} from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { testNow } from "../render.tsx";
import { react18 } from "../tags.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const clock = () => new Date(testNow);

function around(client: CoviuClient) {
  return function Around({ children }: { children: ReactNode }) {
    return (
      <StrictMode>
        <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU" now={clock}>
          {children}
        </CoviuProvider>
      </StrictMode>
    );
  };
}

function clinic(seed: "clinic" | number = "clinic") {
  const sandbox = createSandbox({ now: testNow, seed });
  const client = createCoviuClient(sandbox);
  return { sandbox, client, wrapper: around(client) };
}

describe("queries", () => {
  it.each([
    ["a session", (settings?: QuerySettings) => useSession(undefined, undefined, settings)],
    ["people", (settings?: QuerySettings) => useParticipants(undefined, undefined, settings)],
    ["a person", (settings?: QuerySettings) => useParticipant(undefined, settings)],
  ])("of %s are off while the id is not known, even if they are enabled", async (_, useIt) => {
    const { sandbox, wrapper } = clinic();
    const plain = renderHook(() => useIt(), { wrapper });
    const enabled = renderHook(() => useIt({ enabled: true }), { wrapper });
    await act(async () => {});
    for (const { result } of [plain, enabled]) {
      expect(result.current).toMatchObject({ fetchStatus: "idle", status: "pending" });
    }
    expect(sandbox.log.entries()).toEqual([]);
  });

  it("ask when the id becomes known", async () => {
    const { client, sandbox, wrapper } = clinic();
    const [row] = (await listSessions(client)).content;
    const { result, rerender } = renderHook(({ id }) => useSession(id), {
      wrapper,
      initialProps: { id: undefined as string | undefined },
    });
    sandbox.log.clear();
    rerender({ id: row?.session_id });
    await waitFor(() => expect(result.current.data).toEqual(row));
    expect(sandbox.log.count()).toBe(1);
  });

  it("can be switched off", async () => {
    const { sandbox, wrapper } = clinic();
    const { result } = renderHook(() => useSessions({}, { enabled: false }), { wrapper });
    await act(async () => {});
    expect(result.current.fetchStatus).toBe("idle");
    expect(sandbox.log.entries()).toEqual([]);
  });

  it.each([
    ["fresh for 15 seconds", undefined, 1],
    ["stale at once with staleTime 0", 0, 2],
  ])("are %s", async (_, staleTime, requests) => {
    const { sandbox, wrapper } = clinic();
    const settings = staleTime === undefined ? {} : { staleTime };
    function Both() {
      const first = useSessions({}, settings);
      return first.data ? <Later /> : null;
    }
    function Later() {
      return <p>{useSessions({}, settings).isFetching ? "asking" : "quiet"}</p>;
    }
    render(<Both />, { wrapper });
    expect(await screen.findByText("quiet")).toBeVisible();
    expect(sandbox.log.count()).toBe(requests);
  });

  it("ask again and again where an interval is set", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { sandbox, wrapper } = clinic();
    renderHook(() => useSessions({}, { refetchInterval: 30_000 }), { wrapper });
    await waitFor(() => expect(sandbox.log.count()).toBe(1));
    await act(() => vi.advanceTimersByTimeAsync(30_000));
    await waitFor(() => expect(sandbox.log.count()).toBe(2));
  });

  it("fail with the kit's error and recover when asked again", async () => {
    const { sandbox, wrapper } = clinic();
    sandbox.faults.next({ operation: "getSessionPage", status: 403 });
    function useFirstPage() {
      const { data, error, refetch } = useSessions();
      return { data, error, refetch };
    }
    const { result } = renderHook(useFirstPage, { wrapper });
    await waitFor(() => expect(result.current.error).not.toBeNull());
    expect(CoviuError.is(result.current.error) && result.current.error.code).toBe("forbidden");
    await act(() => result.current.refetch());
    await waitFor(() => expect(result.current.data?.content.length).toBeGreaterThan(0));
    expect(result.current.error).toBeNull();
    expect(sandbox.log.count()).toBe(2);
  });

  it("read page after page to the end, and know it", react18, async () => {
    const { sandbox, wrapper } = clinic(5);
    const { result } = renderHook(() => useInfiniteSessions({ page_size: 2, start_time: testNow }), { wrapper });
    await waitFor(() => expect(result.current.data?.pages).toHaveLength(1));
    while (result.current.hasNextPage) await act(async () => void (await result.current.fetchNextPage()));
    const { pages = [], pageParams } = result.current.data ?? {};
    expect(pages.map((page) => [page.content.length, page.more])).toEqual([
      [2, true],
      [2, true],
      [1, false],
    ]);
    expect(pageParams).toEqual([0, 1, 2]);
    const names = pages.flatMap((page) => page.content.map((session) => session.session_name));
    expect(names).toEqual([1, 2, 3, 4, 5].map((number) => `Review ${number}`));
    const asked = sandbox.log.entries().filter((entry) => entry.operation === "getSessionPage");
    expect(asked.map((entry) => entry.query["page"])).toEqual(["0", "1", "2"]);
  });

  it("use prefetched data", async () => {
    const { client, sandbox, wrapper } = clinic();
    const { result } = renderHook(() => useCoviu(), { wrapper });
    await act(() => result.current.queryClient.prefetchQuery(sessionsQueryOptions(client, { page_size: 4 })));
    const sessions = renderHook(() => useSessions({ page_size: 4 }), { wrapper });
    expect(sessions.result.current.data?.content).toHaveLength(4);
    expect(sandbox.log.count()).toBe(1);
  });

  it("of the app are made from the same options, with a part of the response", async () => {
    const { client, sandbox, wrapper } = clinic(3);
    function useCount() {
      const { queryClient } = useCoviu();
      return useQuery({ ...sessionsQueryOptions(client), select: (page) => page.content.length }, queryClient);
    }
    const { result } = renderHook(() => ({ count: useCount(), sessions: useSessions() }), { wrapper });
    await waitFor(() => expect(result.current.count.data).toBe(3));
    expect(result.current.sessions.data?.content).toHaveLength(3);
    expect(sandbox.log.count()).toBe(1);
  });

  it("show a person whom a session holds at once, unless removed people are asked for", async () => {
    const { client, sandbox, wrapper } = clinic();
    const [row] = (await listSessions(client)).content;
    const id = row?.session_id;
    const { result } = renderHook(() => useSession(id), { wrapper });
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    sandbox.log.clear();
    const people = renderHook(() => useParticipants(id), { wrapper });
    expect(people.result.current.data?.content).toEqual(row?.participants);
    const all = renderHook(() => useParticipants(id, { deleted_participants: true }), { wrapper });
    expect(all.result.current.data).toBeUndefined();
    await waitFor(() => expect(all.result.current.isSuccess).toBe(true));
    expect(sandbox.log.count()).toBe(1);
  });
});

class Boundary extends Component<{ children: ReactNode }> {
  override state: { failed?: string } = {};
  static getDerivedStateFromError(error: unknown) {
    return { failed: CoviuError.is(error) ? error.code : String(error) };
  }
  override render() {
    return this.state.failed ?? this.props.children;
  }
}

describe("suspense hooks", () => {
  const start_time = new Date(Date.parse(testNow) + 3_600_000).toISOString();
  const end_time = new Date(Date.parse(testNow) + 7_200_000).toISOString();

  async function oneSession() {
    const here = clinic(2);
    const session = await createSession(here.client, {
      session_name: "Knee rehab",
      start_time,
      end_time,
      participants: [{ display_name: "Ana Lee" }],
    });
    here.sandbox.log.clear();
    return { ...here, id: session.session_id, personId: session.participants?.[0]?.participant_id ?? "" };
  }

  function Sessions() {
    return <p>{`${useSuspenseSessions().data.content.length} sessions`}</p>;
  }
  function Pages() {
    return <p>{`${useSuspenseInfiniteSessions({ page_size: 2 }).data.pages.length} page`}</p>;
  }
  function OneSession({ id }: { id: string }) {
    return <p>{`session ${useSuspenseSession(id).data.session_name}`}</p>;
  }
  function People({ id }: { id: string }) {
    return <p>{`${useSuspenseParticipants(id).data.content.length} person`}</p>;
  }
  function Person({ id }: { id: string }) {
    return <p>{`person ${useSuspenseParticipant(id).data.display_name}`}</p>;
  }

  it.each([
    ["sessions", () => <Sessions />, "3 sessions"],
    ["pages", () => <Pages />, "1 page"],
    ["a session", (id: string) => <OneSession id={id} />, "session Knee rehab"],
    ["people", (id: string) => <People id={id} />, "1 person"],
    ["a person", (_: string, personId: string) => <Person id={personId} />, "person Ana Lee"],
  ])("wait for %s in the boundary and ask once", async (_, part, text) => {
    const { sandbox, wrapper, id, personId } = await oneSession();
    render(<Suspense fallback="waiting">{part(id, personId)}</Suspense>, { wrapper });
    expect(screen.getByText("waiting")).toBeVisible();
    expect(await screen.findByText(text)).toBeVisible();
    expect(sandbox.log.count()).toBe(1);
  });

  it("do not ask for ever where the boundary stands around the provider", react18, async () => {
    const { sandbox, wrapper: Wrapper } = await oneSession();
    render(
      <Suspense fallback="waiting">
        <Wrapper>
          <Sessions />
        </Wrapper>
      </Suspense>,
    );
    expect(await screen.findByText("3 sessions")).toBeVisible();
    expect(sandbox.log.count()).toBe(1);
  });

  it("throw a failure to the error boundary", react18, async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const { sandbox, wrapper } = await oneSession();
    sandbox.faults.next({ operation: "getSessionPage", status: 403 });
    render(
      <Boundary>
        <Suspense fallback="waiting">
          <Sessions />
        </Suspense>
      </Boundary>,
      { wrapper },
    );
    expect(await screen.findByText("forbidden")).toBeVisible();
  });
});
