import { render, screen, waitFor } from "@testing-library/react";
import { expect, vi } from "vitest";
import { cdp } from "vitest/browser";

import { FrontDesk, useParticipants, useSession, useSessions } from "../../src/index.ts";
import { testNow, withCoviu } from "../render.tsx";
import { clinic } from "./clinic.ts";
import { faultRow } from "./faultRow.ts";

const cycles = 200 * Math.min(5, Number(import.meta.env["VITE_DRILL_TIMES"] ?? "1"));

interface Protocol {
  send(method: string): Promise<{ metrics: { name: string; value: number }[] }>;
}

/** Real timer, also while time is fake. */
const realSetTimeout = globalThis.setTimeout;

/** Memory of the page after garbage collection. */
async function measureMemory() {
  const session: Protocol = JSON.parse("{}", () => cdp());
  await session.send("Performance.enable");
  await session.send("HeapProfiler.enable");
  // Each collection frees what finalizers released in the one before.
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => realSetTimeout(resolve, 50));
    await session.send("HeapProfiler.collectGarbage");
  }
  const { metrics } = await session.send("Performance.getMetrics");
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return { heap: value("JSHeapUsedSize"), nodes: value("Nodes"), listeners: value("JSEventListeners") };
}

async function renderPage() {
  const { client } = await clinic();
  render(withCoviu(<FrontDesk />, { client }));
  (await screen.findByRole("button", { name: /Knee rehab/ })).click();
  await screen.findByRole("button", { name: /^Edit Ana Lee/ });
}

/** Buttons of FrontDesk that open and close each dialog. */
const dialogs: Record<string, { open: RegExp; close: RegExp }> = {
  book: { open: /^Book a session/, close: /^Discard/ },
  reschedule: { open: /^Reschedule/, close: /^Keep/ },
  cancel: { open: /^Cancel session/, close: /^Keep/ },
  "add a person": { open: /^Add people/, close: /^Cancel$/ },
  "edit a person": { open: /^Edit Ana Lee/, close: /^Cancel$/ },
  "remove a person": { open: /^Remove Ana Lee/, close: /^Keep/ },
};

/** Button with this text or label. A query by role would take most of the time of the test. */
function button(within: Element, name: RegExp): HTMLElement {
  const found = [...within.querySelectorAll("button")].find((one) =>
    name.test(one.ariaLabel ?? one.textContent.trim()),
  );
  return found ?? expect.fail(`There is no button ${name}`);
}

async function cycle({ open, close }: { open: RegExp; close: RegExp }): Promise<void> {
  button(document.body, open).click();
  const dialog = await waitFor(() => document.querySelector<HTMLElement>("dialog") ?? expect.fail());
  button(dialog, close).click();
  await waitFor(() => expect(document.querySelector("dialog")).toBeNull());
}

async function measureCycles(dialog: { open: RegExp; close: RegExp }) {
  const before = await measureMemory();
  for (let count = 0; count < cycles; count += 1) await cycle(dialog);
  return [before, await measureMemory()] as const;
}

faultRow(
  "M1",
  "after dialogs open and close a thousand times, no memory, node or listener is left",
  Object.entries(dialogs).map(([name, dialog]) => ({
    name: `${name} × ${cycles} times`,
    async run({ holds }) {
      await renderPage();
      for (let count = 0; count < 20; count += 1) await cycle(dialog);
      let [before, after] = await measureCycles(dialog);
      // The first cycles also add compiled code, and a collection may be late. A leak shows in the second measurement as well.
      const hasGrown =
        after.heap - before.heap >= 1_000_000 || after.nodes > before.nodes || after.listeners > before.listeners;
      if (hasGrown) [before, after] = await measureCycles(dialog);
      await holds("I8", () => expect(after.heap - before.heap).toBeLessThan(1_000_000));
      await holds("I8", () => expect(after.nodes - before.nodes).toBeLessThanOrEqual(0));
      await holds("I8", () => expect(after.listeners - before.listeners).toBeLessThanOrEqual(0));
    },
  })),
);

const intervalMs = cycles > 200 ? 30_000 : 300_000;

/** Reads of a screen that polls all day. */
function Polling({ sessionId }: { sessionId: string }) {
  const settings = { refetchInterval: intervalMs };
  useSessions({ page_size: 50 }, settings);
  useSession(sessionId, undefined, settings);
  useParticipants(sessionId, undefined, settings);
  return null;
}

faultRow("M2", "memory stays flat during hours of polling", [
  {
    name: `FrontDesk and three reads every ${intervalMs / 1000} s × 8 hours`,
    async run({ holds }) {
      const { client, sandbox, ids } = await clinic();
      vi.useFakeTimers({
        now: new Date(testNow),
        toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
      });
      let requestCount = 0;
      async function hours(count: number): Promise<void> {
        for (let turn = 0; turn < (count * 3_600_000) / intervalMs; turn += 1) {
          // oxlint-disable no-await-in-loop -- one turn comes after the other
          await vi.advanceTimersByTimeAsync(intervalMs);
          await new Promise((resolve) => realSetTimeout(resolve));
          // oxlint-enable no-await-in-loop
          requestCount += sandbox.log.entries().length;
          sandbox.log.clear();
        }
      }
      const polling = <Polling key="polling" sessionId={ids.sessionId} />;
      render(withCoviu([<FrontDesk key="desk" />, polling], { client, now: undefined }));
      await hours(1);
      const before = await measureMemory();
      requestCount = 0;
      await hours(8);
      const after = await measureMemory();
      vi.useRealTimers();
      await holds("I8", () => expect(requestCount).toBeGreaterThanOrEqual((3 * 8 * 3_600_000) / intervalMs));
      await holds("I8", () => expect(after.heap - before.heap).toBeLessThan(1_000_000));
      await holds("I8", () => expect(after.nodes - before.nodes).toBeLessThanOrEqual(0));
      await holds("I8", () => expect(after.listeners - before.listeners).toBeLessThanOrEqual(0));
    },
  },
]);
