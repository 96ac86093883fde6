import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, vi } from "vitest";

import { createCoviuClient } from "../../src/api/client.ts";
import { listSessions } from "../../src/api/sessions.ts";
import { SessionDetails } from "../../src/components/SessionDetails/SessionDetails.tsx";
import { SessionList } from "../../src/components/SessionList/SessionList.tsx";
import { useNow } from "../../src/hooks/useNow.ts";
import { useSessionStatus } from "../../src/hooks/useSessionStatus.ts";
import { createRandom } from "../../src/sandbox/ids.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { renderWithCoviu, testNow, withCoviu } from "../render.tsx";
import { hour, iso, minute } from "./clockChanges.ts";
import { type Drill, faultRow } from "./faultRow.ts";

const second = 1000;
const begun = Date.parse(testNow);
const client = createCoviuClient({ baseUrl: "/api/coviu" });
const systemClock = () => new Date();

/** Numbers of timers that were set and of renders of the hook. */
interface Counts {
  timers: number;
  renders: number;
}

interface View {
  status: () => string | undefined;
  now: () => number;
  counts: Counts;
}

const withClock =
  (now: () => Date) =>
  ({ children }: { children: ReactNode }) =>
    withCoviu(children, { client, now });

/** Runs a check with the status of a session on a given clock. */
async function withStatus(
  session: { start_time: string; end_time: string },
  run: (view: View) => Promise<void>,
  now: () => Date = systemClock,
  delayed = (delay: number) => delay,
) {
  cleanup();
  vi.useFakeTimers({ now: begun });
  const counts = { timers: 0, renders: 0 };
  const setTimer = globalThis.setTimeout;
  vi.stubGlobal("setTimeout", (tick: () => void, delay = 0) => {
    counts.timers += 1;
    return setTimer(tick, delayed(delay));
  });
  try {
    const { result, unmount } = renderHook(
      () => {
        counts.renders += 1;
        return { status: useSessionStatus(session)?.status, now: useNow() };
      },
      { wrapper: withClock(now) },
    );
    await run({
      status: () => result.current.status,
      now: () => result.current.now?.getTime() ?? NaN,
      counts,
    });
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  }
}

/** Advances the fake time. */
function pass(time: number): void {
  act(() => void vi.advanceTimersByTime(time));
}

/** Sets the clock without running timers, as after sleep or a manual change. */
function setClock(time: number): void {
  vi.setSystemTime(time);
}

function showPage(): void {
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

function expected({ start_time, end_time }: { start_time: string; end_time: string }, time: number): string {
  // The status has a resolution of one second.
  const seconds = Math.floor(time / second) * second;
  return seconds < Date.parse(start_time) ? "scheduled" : seconds < Date.parse(end_time) ? "active" : "ended";
}

function sessionFrom(start: number, length: number) {
  return { start_time: iso(start), end_time: iso(start + length) };
}

faultRow("D9", "times come from the clock, never from counting, and are correct as soon as a hidden page is shown", [
  {
    name: "any start × visible page × the status changes in the correct second",
    runs: 20,
    async run({ seed, holds }) {
      const random = createRandom(seed);
      const start = begun + Math.floor(random() * 3 * minute) + 5 * second;
      const session = sessionFrom(start, minute + Math.floor(random() * minute));
      await withStatus(session, async ({ status }) => {
        for (const change of [session.start_time, session.end_time].map(
          (text) => Math.ceil(Date.parse(text) / second) * second,
        )) {
          pass(change - 1 - Date.now());
          // oxlint-disable-next-line no-await-in-loop
          await holds("I4", () => expect(status()).toBe(expected(session, change - 1)));
          pass(50);
          // oxlint-disable-next-line no-await-in-loop
          await holds("I4", () => expect(status()).toBe(expected(session, change)));
        }
      });
    },
  },
  {
    name: "hidden for an hour × no timer ran × shown again",
    async run({ holds }) {
      const session = sessionFrom(begun + 8 * minute, 30 * minute);
      await withStatus(session, async ({ status, now, counts }) => {
        await holds("I4", () => expect(status()).toBe("scheduled"));
        setClock(begun + hour);
        showPage();
        await holds("I4", () => expect(status()).toBe("ended"));
        await holds("I4", () => expect(now()).toBe(begun + hour));
        // One update, not sixty that were missed.
        const { timers, renders } = { ...counts };
        pass(second);
        await holds("I8", () => expect(counts.timers - timers).toBe(0));
        await holds("I8", () => expect(counts.renders - renders).toBe(0));
      });
    },
  },
  {
    name: "hidden for an hour × timers only at whole minutes and late × shown again",
    async run({ holds }) {
      const session = sessionFrom(begun + 8 * minute + 20 * second, 30 * minute);
      const run = async ({ status, counts }: View) => {
        const { timers, renders } = { ...counts };
        const seen = new Set<string>();
        for (let seconds = 0; seconds < 3600; seconds += 5) {
          pass(5 * second);
          seen.add(`${status()} ${expected(session, Date.now())}`);
        }
        // Pairs of shown and expected status. A hidden page may be late, never early.
        await holds("I4", () =>
          expect([...seen]).toEqual([
            "scheduled scheduled",
            "scheduled active",
            "active active",
            "active ended",
            "ended ended",
          ]),
        );
        showPage();
        await holds("I4", () => expect(status()).toBe("ended"));
        await holds("I8", () => expect(counts.timers - timers).toBeLessThan(2 * 70));
        await holds("I8", () => expect(counts.renders - renders).toBeLessThan(2 * 2 * 70));
      };
      await withStatus(session, run, systemClock, (delay) => {
        const now = Date.now();
        return Math.ceil((now + delay) / minute) * minute - now + 300;
      });
    },
  },
  {
    name: "hidden for an hour × list and details of a session × shown again",
    async run({ holds }) {
      await onScreen("both", async ({ text }) => {
        await holds("I4", () => expect(text()).toMatch(/in 8 min/));
        setClock(begun + hour);
        showPage();
        await holds("I4", () => expect(text()).not.toMatch(/in 8 min/));
        await holds("I4", () => expect(text()).toMatch(/ended/i));
      });
    },
  },
]);

faultRow("D10", "a clock that is set back or stands still causes no negative ages and no burst of requests or timers", [
  {
    name: "random changes of the clock × status",
    runs: 25,
    async run({ seed, holds }) {
      const random = createRandom(seed);
      const session = sessionFrom(begun + Math.floor(random() * 90) * minute, Math.floor(1 + random() * 120) * minute);
      await withStatus(session, async ({ status, counts }) => {
        const before = { ...counts };
        let [passed, shown] = [0, 0];
        for (let steps = 0; steps < 60; steps += 1) {
          const kind = random();
          if (kind < 0.35) setClock(Date.now() + Math.floor((random() - 0.5) * 4 * hour));
          else if (kind < 0.45) {
            showPage();
            shown += 1;
            // oxlint-disable-next-line no-await-in-loop
            await holds("I4", () => expect(status()).toBe(expected(session, Date.now())));
          } else {
            const time = Math.floor(random() * 90 * second);
            pass(time);
            passed += time;
          }
        }
        // The status is correct a minute later.
        pass(minute + 50);
        passed += minute;
        await holds("I4", () => expect(status()).toBe(expected(session, Date.now())));
        // Two hooks set timers: once a minute, at the two changes, when the page is shown, and a second after each change of the clock.
        const maxTimers = 2 * (passed / minute + shown + 60 + 4);
        await holds("I8", () => expect(counts.timers - before.timers).toBeLessThan(maxTimers));
        // StrictMode renders twice.
        await holds("I8", () => expect(counts.renders - before.renders).toBeLessThan(2 * maxTimers));
      });
    },
  },
  ...[0, 1, 5, 19, 21, 400].map((remainingMs) => ({
    name: `clock that stands still ${remainingMs} ms before a minute and a start × ten minutes`,
    async run({ holds }: Drill) {
      const still = Math.ceil(begun / minute) * minute + minute - remainingMs;
      const session = sessionFrom(still + remainingMs, 30 * minute);
      await withStatus(
        session,
        async ({ status, counts }) => {
          const { timers, renders } = { ...counts };
          pass(10 * minute);
          await holds("I8", () => expect(counts.timers - timers).toBeLessThanOrEqual(2 * 601));
          await holds("I8", () => expect(counts.renders - renders).toBe(0));
          await holds("I4", () => expect(status()).toBe(expected(session, still)));
        },
        () => new Date(still),
      );
    },
  })),
  ...[0.001, 0.1, 0.9, 1.1, 10].map((speed) => ({
    name: `clock that runs ${speed} times as fast × ten minutes around a start`,
    async run({ holds }: Drill) {
      const clock = () => new Date(begun + Math.floor((Date.now() - begun) * speed));
      const session = sessionFrom(begun + Math.floor(5 * minute * speed), 30 * minute);
      await withStatus(
        session,
        async ({ status, counts }) => {
          const { timers } = { ...counts };
          pass(10 * minute);
          await holds("I8", () => expect(counts.timers - timers).toBeLessThanOrEqual(2 * 601));
          await holds("I4", () => expect(status()).toBe(expected(session, clock().getTime())));
        },
        clock,
      );
    },
  })),
  {
    name: "clock set back by up to two hours, repeatedly × list or details of a session × no negative number",
    runs: 2,
    async run({ seed, holds }) {
      const random = createRandom(seed);
      await onScreen(seed % 2 ? "list" : "details", async ({ text, requests }) => {
        const before = requests();
        for (let steps = 0; steps < 5; steps += 1) {
          setClock(Date.now() + Math.floor((random() - 0.6) * 4 * hour));
          showPage();
          const shown = text();
          // oxlint-disable-next-line no-await-in-loop
          await holds("I4", () => expect(shown).not.toMatch(/[-−]\s?\d+\s?(min|h|d)|in 0 |NaN|Invalid/));
        }
        // Each time the page is shown, it may refetch. A change of the clock sends no request.
        await holds("I8", () => expect(requests() - before).toBeLessThanOrEqual(2 * 5));
      });
    },
  },
]);

/** Renders the list and the details of the next session of the seed, and waits until they are loaded. */
async function onScreen(
  parts: "both" | "list" | "details",
  run: (view: { text: () => string; requests: () => number }) => Promise<void>,
) {
  cleanup();
  const sandbox = createSandbox({ now: testNow });
  const own = createCoviuClient(sandbox);
  const { content } = await listSessions(own, { start_time: testNow });
  const next = content.find(({ start_time }) => Date.parse(start_time) > begun);
  if (!next) throw new Error("The seed has no upcoming session");
  vi.useFakeTimers({ now: begun, toFake: ["Date"] });
  try {
    const { container } = renderWithCoviu(
      <>
        {parts !== "details" && <SessionList />}
        {parts !== "list" && <SessionDetails sessionId={next.session_id} />}
      </>,
      { sandbox, client: own, now: systemClock },
    );
    const ready = ".coviu-session-list[data-state=ready], .coviu-session-details[data-state=scheduled]";
    await waitFor(() => expect(container.querySelectorAll(ready)).toHaveLength(parts === "both" ? 2 : 1));
    await run({ text: () => container.textContent ?? "", requests: () => sandbox.log.count() });
  } finally {
    cleanup();
    vi.useRealTimers();
  }
}
