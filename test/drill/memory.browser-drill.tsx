import { render, screen, waitFor } from "@testing-library/react";
import { expect, vi } from "vitest";
import { cdp } from "vitest/browser";

import { CoviuProvider, FrontDesk, useParticipants, useSession, useSessions } from "../../src/index.ts";
import { faultRow } from "./faultRow.ts";
import { clinic } from "./operations.ts";

const now = "2026-01-11T22:52:00Z";
const cycles = 200 * Math.min(5, Number(import.meta.env["VITE_DRILL_TIMES"] ?? "1"));

interface Protocol {
  send(method: string): Promise<{ metrics: { name: string; value: number }[] }>;
}

/** Taken before any test replaces it. */
const later = globalThis.setTimeout;

/** What the page holds once its garbage has been collected. */
async function held() {
  const session: Protocol = JSON.parse("{}", () => cdp());
  await session.send("Performance.enable");
  await session.send("HeapProfiler.enable");
  // What a finalizer lets go of is gone with the next one.
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => later(resolve, 50));
    await session.send("HeapProfiler.collectGarbage");
  }
  const { metrics } = await session.send("Performance.getMetrics");
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return { heap: value("JSHeapUsedSize"), nodes: value("Nodes"), listeners: value("JSEventListeners") };
}

async function page() {
  const { client } = await clinic();
  render(
    <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU" now={() => new Date(now)}>
      <FrontDesk />
    </CoviuProvider>,
  );
  (await screen.findByRole("button", { name: /Knee rehab/ })).click();
  await screen.findByRole("button", { name: /^Edit Ana Lee/ });
}

/** How each dialog of the kit is opened and left again, on the front desk. */
const dialogs: Record<string, { open: RegExp; leave: RegExp }> = {
  book: { open: /^Book a session/, leave: /^Discard/ },
  reschedule: { open: /^Reschedule/, leave: /^Keep/ },
  cancel: { open: /^Cancel session/, leave: /^Keep/ },
  "add a person": { open: /^Add people/, leave: /^Cancel$/ },
  "edit a person": { open: /^Edit Ana Lee/, leave: /^Cancel$/ },
  "remove a person": { open: /^Remove Ana Lee/, leave: /^Keep/ },
};

/** By what stands on it or its label: to ask for roles takes most of the time where it is done a thousand times. */
function button(within: Element, name: RegExp): HTMLElement {
  const found = [...within.querySelectorAll("button")].find((one) =>
    name.test(one.ariaLabel ?? one.textContent.trim()),
  );
  return found ?? expect.fail(`There is no button ${name}`);
}

async function cycle({ open, leave }: { open: RegExp; leave: RegExp }): Promise<void> {
  button(document.body, open).click();
  const dialog = await waitFor(() => document.querySelector<HTMLElement>("dialog") ?? expect.fail());
  button(dialog, leave).click();
  await waitFor(() => expect(document.querySelector("dialog")).toBeNull());
}

async function stretch(dialog: { open: RegExp; leave: RegExp }) {
  const before = await held();
  for (let count = 0; count < cycles; count += 1) await cycle(dialog);
  return [before, await held()] as const;
}

faultRow(
  "M1",
  "dialogs that were opened and closed leave nothing behind",
  Object.entries(dialogs).map(([name, dialog]) => ({
    name: `${name} × ${cycles} times`,
    async run({ holds }) {
      await page();
      for (let count = 0; count < 20; count += 1) await cycle(dialog);
      let [before, after] = await stretch(dialog);
      // The first times also leave compiled code behind, and a collection may come late; a leak goes on.
      const hasGrown =
        after.heap - before.heap >= 1_000_000 || after.nodes > before.nodes || after.listeners > before.listeners;
      if (hasGrown) [before, after] = await stretch(dialog);
      await holds("I8", () => expect(after.heap - before.heap).toBeLessThan(1_000_000));
      await holds("I8", () => expect(after.nodes - before.nodes).toBeLessThanOrEqual(0));
      await holds("I8", () => expect(after.listeners - before.listeners).toBeLessThanOrEqual(0));
    },
  })),
);

const every = cycles > 200 ? 30_000 : 300_000;

/** What a screen on the wall asks day and night. */
function Polling({ sessionId }: { sessionId: string }) {
  const settings = { refetchInterval: every };
  useSessions({ page_size: 50 }, settings);
  useSession(sessionId, undefined, settings);
  useParticipants(sessionId, undefined, settings);
  return null;
}

faultRow("M2", "hours of polling leave nothing behind", [
  {
    name: `the front desk and three reads every ${every / 1000} seconds × 8 hours`,
    async run({ holds }) {
      const { client, sandbox, ids } = await clinic();
      vi.useFakeTimers({
        now: new Date(now),
        toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
      });
      let asked = 0;
      async function hours(count: number): Promise<void> {
        for (let turn = 0; turn < (count * 3_600_000) / every; turn += 1) {
          // oxlint-disable no-await-in-loop -- one turn comes after the other
          await vi.advanceTimersByTimeAsync(every);
          await new Promise((resolve) => later(resolve));
          // oxlint-enable no-await-in-loop
          asked += sandbox.log.entries().length;
          sandbox.log.clear();
        }
      }
      render(
        <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU">
          <FrontDesk />
          <Polling sessionId={ids.sessionId} />
        </CoviuProvider>,
      );
      await hours(1);
      const before = await held();
      asked = 0;
      await hours(8);
      const after = await held();
      vi.useRealTimers();
      await holds("I8", () => expect(asked).toBeGreaterThanOrEqual((3 * 8 * 3_600_000) / every));
      await holds("I8", () => expect(after.heap - before.heap).toBeLessThan(1_000_000));
      await holds("I8", () => expect(after.nodes - before.nodes).toBeLessThanOrEqual(0));
      await holds("I8", () => expect(after.listeners - before.listeners).toBeLessThanOrEqual(0));
    },
  },
]);
