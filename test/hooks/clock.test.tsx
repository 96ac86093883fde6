import { act, renderHook } from "@testing-library/react";
import { type ReactNode, StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { CoviuProvider, createCoviuClient, useNow, useSessionStatus } from "../../src/index.ts";
import { react18 } from "../tags.ts";

const client = createCoviuClient({ baseUrl: "/api/coviu" });
const start_time = "2026-01-11T23:00:00.000Z";
const end_time = "2026-01-11T23:30:00.000Z";
const session = { start_time, end_time };

beforeEach(() => vi.useFakeTimers({ now: new Date("2026-01-11T22:52:10.500Z") }));
afterEach(() => vi.useRealTimers());

const clock = () => new Date();

function wrapper({ children }: { children: ReactNode }) {
  return (
    <StrictMode>
      <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU" now={clock}>
        {children}
      </CoviuProvider>
    </StrictMode>
  );
}

/** Moves the clock to a time, with everything that is due on the way. */
function until(time: string): void {
  act(() => void vi.advanceTimersByTime(Date.parse(time) - Date.now()));
}

describe("useSessionStatus", () => {
  it("changes at the start and at the end, and not before", () => {
    const { result } = renderHook(() => useSessionStatus(session), { wrapper });
    const status = () => result.current?.status;
    expect(result.current).toEqual({ status: "scheduled", changesAt: new Date(start_time) });
    until("2026-01-11T22:59:59.990Z");
    expect(status()).toBe("scheduled");
    until("2026-01-11T23:00:00.100Z");
    expect(result.current).toEqual({ status: "active", changesAt: new Date(end_time) });
    until("2026-01-11T23:29:59.990Z");
    expect(status()).toBe("active");
    until("2026-01-11T23:30:00.100Z");
    expect(result.current).toEqual({ status: "ended", changesAt: undefined });
  });

  it("follows a session that is moved or canceled", () => {
    const { result, rerender } = renderHook((props) => useSessionStatus(props), { wrapper, initialProps: session });
    rerender({ start_time: "2026-01-11T22:53:07Z", end_time });
    until("2026-01-11T22:53:07.100Z");
    expect(result.current?.status).toBe("active");
    const canceled = { ...session, canceled_time: start_time };
    rerender(canceled);
    expect(result.current?.status).toBe("canceled");
  });

  it("is not known without a session", () => {
    const { result } = renderHook(() => useSessionStatus(undefined), { wrapper });
    expect(result.current).toBeUndefined();
  });
});

describe("useNow", () => {
  it("returns the time to the second, and updates every minute", react18, () => {
    const { result } = renderHook(() => useNow(), { wrapper });
    expect(result.current).toEqual(new Date("2026-01-11T22:52:10Z"));
    until("2026-01-11T22:52:59.900Z");
    expect(result.current).toEqual(new Date("2026-01-11T22:52:10Z"));
    until("2026-01-11T22:53:00.100Z");
    expect(result.current).toEqual(new Date("2026-01-11T22:53:00Z"));
  });

  it("updates at once when a hidden page is shown again", () => {
    const { result } = renderHook(() => useNow(), { wrapper });
    vi.setSystemTime("2026-01-12T03:15:20Z");
    act(() => void document.dispatchEvent(new Event("visibilitychange")));
    expect(result.current).toEqual(new Date("2026-01-12T03:15:20Z"));
  });

  it("does not know the time where a server renders", () => {
    function Time() {
      return useNow()?.toISOString() ?? "no time";
    }
    expect(renderToString(wrapper({ children: <Time /> }))).toBe("no time");
  });

  it("waits where the clock stands still just before a minute", () => {
    const still = vi.fn(() => new Date("2026-01-11T22:52:59.995Z"));
    renderHook(() => useNow(), {
      wrapper: ({ children }) => (
        <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU" now={still}>
          {children}
        </CoviuProvider>
      ),
    });
    act(() => void vi.advanceTimersByTime(60_000));
    expect(still.mock.calls.length).toBeLessThan(250);
  });

  it("leaves no timer behind", () => {
    const { unmount } = renderHook(() => useNow(start_time), { wrapper });
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  });
});
