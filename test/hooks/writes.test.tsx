import { act, renderHook, waitFor } from "@testing-library/react";
import { type ReactNode, StrictMode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";

import {
  CoviuProvider,
  createCoviuClient,
  type MutationSettings,
  type Session,
  type SessionUpdateRequest,
  useSessions,
  useUpdateSession,
  usePendingWrites,
} from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { testNow } from "../render.tsx";
import { react18 } from "../tags.ts";

type Settings = MutationSettings<Session, { sessionId: string; request: SessionUpdateRequest }>;

afterEach(() => {
  vi.useRealTimers();
});

const clock = () => new Date(testNow);

/** A list that is on the screen, and the hook that changes a session of it. */
async function screenWith(settings: Settings) {
  const sandbox = createSandbox({ now: testNow, seed: 1 });
  const client = createCoviuClient(sandbox);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <StrictMode>
      <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU" now={clock}>
        {children}
      </CoviuProvider>
    </StrictMode>
  );
  const { result } = renderHook(
    () => ({ list: useSessions(), update: useUpdateSession(settings), open: usePendingWrites() }),
    {
      wrapper,
    },
  );
  await waitFor(() => expect(result.current.list.isSuccess).toBe(true));
  const sessionId = result.current.list.data?.content[0]?.session_id ?? "";
  sandbox.log.clear();
  const rename = () => result.current.update.mutateAsync({ sessionId, request: { session_name: "Renamed" } });
  return { sandbox, result, rename, sessionId };
}

describe("writes", () => {
  it("call back with the response and the request, after the list is up to date", react18, async () => {
    const onSuccess = vi.fn<NonNullable<Settings["onSuccess"]>>();
    const onSettled = vi.fn<NonNullable<Settings["onSettled"]>>();
    const { result, rename, sessionId, sandbox } = await screenWith({ onSuccess, onSettled });
    await act(rename);
    const variables = { sessionId, request: { session_name: "Renamed" } };
    expect(onSuccess.mock.calls).toEqual([
      [expect.objectContaining({ session_name: "Renamed" }), variables, undefined, expect.anything()],
    ]);
    expect(onSettled).toHaveBeenCalledOnce();
    await waitFor(() => expect(result.current.list.data?.content).toMatchObject([{ session_name: "Renamed" }]));
    expect(sandbox.log.count()).toBe(1);
  });

  it("cannot be kept from bringing the cache up to date", async () => {
    const settings: Settings & { mutationFn: () => Promise<never> } = {
      onSuccess: () => Promise.reject(new Error("of the app")),
      mutationFn: () => Promise.reject(new Error("not sent")),
    };
    const { result, rename, sandbox } = await screenWith(settings);
    // A callback of the app does not change the outcome.
    await act(() => expect(rename()).resolves.toMatchObject({ session_name: "Renamed" }));
    await waitFor(() => expect(result.current.list.data?.content).toMatchObject([{ session_name: "Renamed" }]));
    expect(sandbox.log.count({ operation: "updateSession" })).toBe(1);
  });

  it("are listed while pending, until the user dismisses an unconfirmed one", async () => {
    const { sandbox, rename, result, sessionId } = await screenWith({});
    expect(result.current.open.writes).toEqual([]);
    const held = sandbox.faults.hold({ operation: "updateSession" });
    act(() => void rename());
    await waitFor(() => expect(result.current.open.writes).toMatchObject([{ phase: "sending" }]));
    held.release();
    await waitFor(() => expect(result.current.open.writes).toEqual([]));

    vi.useFakeTimers({ shouldAdvanceTime: true });
    sandbox.faults.next({ operation: "updateSession", cut: "before-commit" });
    const other = { sessionId, request: { session_name: "Another name" } };
    await act(async () => {
      const failure = result.current.update.mutateAsync(other).catch((error: unknown) => error);
      await vi.advanceTimersByTimeAsync(6100);
      expect(await failure).toMatchObject({ outcome: "unknown" });
    });
    expect(result.current.open.writes).toMatchObject([{ phase: "unknown", variables: other }]);
    act(() => result.current.open.close(other));
    expect(result.current.open.writes).toEqual([]);
  });

  it("call back with the kit's error and are not sent again", async () => {
    const onError = vi.fn<NonNullable<Settings["onError"]>>();
    const { sandbox, rename, result } = await screenWith({ onError });
    vi.useFakeTimers({ shouldAdvanceTime: true });
    sandbox.faults.next({ operation: "updateSession", cut: "before-commit" });
    await act(async () => {
      const failure = rename().catch((error: unknown) => error);
      await vi.advanceTimersByTimeAsync(6100);
      expect(await failure).toMatchObject({ code: "unreachable", outcome: "unknown" });
    });
    expect(onError).toHaveBeenCalledOnce();
    // The write never arrived. The other requests are checks.
    expect(sandbox.log.entries().map(({ operation }) => operation)).toEqual(Array(3).fill("getSessionById"));
    expect(result.current.list.data?.content).not.toMatchObject([{ session_name: "Renamed" }]);
  });

  it("succeed after one check if only the response was lost", async () => {
    const onError = vi.fn<NonNullable<Settings["onError"]>>();
    const { sandbox, rename, result } = await screenWith({ onError });
    sandbox.faults.next({ operation: "updateSession", cut: "after-commit" });
    await act(rename);
    expect(onError).not.toHaveBeenCalled();
    expect(sandbox.log.entries().map(({ operation }) => operation)).toEqual(["updateSession", "getSessionById"]);
    await waitFor(() => expect(result.current.list.data?.content).toMatchObject([{ session_name: "Renamed" }]));
  });

  it("pass the app's meta", async () => {
    const { result, rename } = await screenWith({
      meta: { screen: "desk" },
      onSuccess: (_data, _variables, _result, context) => expect(context.meta).toEqual({ screen: "desk" }),
    });
    await act(rename);
    await waitFor(() => expect(result.current.update.isSuccess).toBe(true));
  });
});
