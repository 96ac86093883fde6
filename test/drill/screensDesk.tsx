import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { expect, vi } from "vitest";

import { createCoviuClient } from "../../src/api/client.ts";
import type { GetAccessToken } from "../../src/api/tokenSource.ts";
import { FrontDesk } from "../../src/components/FrontDesk/FrontDesk.tsx";
import { createSandbox } from "../../src/sandbox/index.ts";
import { renderWithCoviu, testNow } from "../render.tsx";
import type { Drill } from "./faultRow.ts";

export type Sandbox = ReturnType<typeof createSandbox>;

interface DeskOptions {
  /** Prepares the sandbox before the screen renders. */
  before?: (sandbox: Sandbox) => void;
  getAccessToken?: (sandbox: Sandbox) => GetAccessToken;
}

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const name = "Review 1";

/** Runs a scenario with FrontDesk on fake time, then checks axe, the focus and the console. */
export async function withDesk(
  { holds }: Pick<Drill, "holds">,
  scenario: (desk: Awaited<ReturnType<typeof open>>) => Promise<void>,
  options: DeskOptions = {},
): Promise<void> {
  vi.useFakeTimers({ shouldAdvanceTime: true, now: new Date(testNow) });
  const consoleError = vi.spyOn(console, "error").mockReturnValue();
  try {
    const desk = await open(options);
    await scenario(desk);
    await holds("I6", async () => {
      expect(document.activeElement).not.toBe(document.body);
      const found = await axe.run(document.body, {
        runOnly: { type: "tag", values: wcag },
        // jsdom paints nothing.
        rules: { "color-contrast": { enabled: false } },
      });
      expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    });
    // React warns about `act` if a timer of the kit fires while a test waits.
    const calls = consoleError.mock.calls.filter(([text]) => !/\bact\(/.test(String(text)));
    await holds("I7", () => expect(calls).toEqual([]));
  } finally {
    cleanup();
    vi.restoreAllMocks();
    vi.useRealTimers();
  }
}

async function open({ before, getAccessToken }: DeskOptions) {
  const sandbox = createSandbox({ now: () => new Date(), seed: 3 });
  before?.(sandbox);
  const client = createCoviuClient({ ...sandbox, ...(getAccessToken && { getAccessToken: getAccessToken(sandbox) }) });
  renderWithCoviu(<FrontDesk />, { sandbox, client, now: () => new Date() });
  const user = userEvent.setup({ advanceTimers: (time) => void vi.advanceTimersByTime(time) });
  const announcements = recordAllAnnouncements();
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
  /** Waits for pending announcements and clears them. */
  async function clearAnnouncements(): Promise<void> {
    for (let time = 0; time < 2000; time += 500) {
      // oxlint-disable-next-line no-await-in-loop -- one step of the clock after the other
      await pass(500);
    }
    announcements.length = 0;
  }
  const button = (label: string | RegExp) => screen.findByRole("button", { name: label });

  return {
    sandbox,
    client,
    announcements,
    pass,
    clearAnnouncements,
    button,
    banner: () => document.querySelector<HTMLElement>(".coviu-connection") ?? document.body,
    click: async (label: string | RegExp) => user.click(await button(label)),
    /** Waits for all reads, and opens a session. */
    ready: async () => {
      await user.click(await button(name));
      await screen.findByRole("button", { name: /^Copy link/ });
      await waitFor(() => expect(sandbox.log.count({ operation: "getSessionById" })).toBe(1));
      await clearAnnouncements();
      sandbox.log.clear();
    },
    /** Hides the page for so many minutes and shows it again. */
    returnAfter: async (minutes: number) => {
      await pass(minutes * 60_000);
      await act(() => fireEvent(document, new Event("visibilitychange", { bubbles: true })));
    },
    /** Opens the booking dialog and types a booking into it. */
    draft: async () => {
      await user.click(await button("Book a session"));
      const form = within(await screen.findByRole("dialog"));
      for (const [label, value] of Object.entries(typed)) {
        fireEvent.change(form.getByRole("textbox", { name: label }), { target: { value } });
      }
      await clearAnnouncements();
      return form;
    },
    book: () => user.click(screen.getByRole("button", { name: /^Book session/ })),
    requests: (filter: Parameters<Sandbox["log"]["count"]>[0]) => sandbox.log.count(filter),
  };
}

const typed = { "Session name": "Wound review", "Name of person 1": "Dr Amara Okafor", "Name of person 2": "Ana Lee" };

/** Expects the draft unchanged. */
export function expectDraft(): void {
  const form = within(screen.getByRole("dialog"));
  for (const [label, value] of Object.entries(typed)) {
    expect(form.getByRole("textbox", { name: label })).toHaveValue(value);
  }
}

/** Records announcements with their politeness, and new alerts. An open dialog has its own live regions. */
function recordAllAnnouncements(): string[] {
  const announcements: string[] = [];
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (target instanceof Element && target.matches("[aria-live]") && addedNodes.length > 0 && target.textContent) {
        announcements.push(`${target.getAttribute("aria-live")}: ${target.textContent}`);
      }
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        const alerts = node.matches("[role=alert]") ? [node] : node.querySelectorAll("[role=alert]");
        for (const alert of alerts) announcements.push(`alert: ${alert.textContent}`);
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
  return announcements;
}
