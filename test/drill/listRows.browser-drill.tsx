import "../../src/styles/index.css";
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, vi } from "vitest";
import { page, userEvent } from "vitest/browser";

import { SessionList } from "../../src/components/SessionList/SessionList.tsx";
import { cancelSession, createCoviuClient, createSession, listSessions, type SessionPage } from "../../src/core.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { renderWithCoviu, testNow } from "../render.tsx";
import { type Drill, faultRow } from "./faultRow.ts";

const minuteMs = 60_000;
const at = (minute: number) => new Date(Date.parse(testNow) + minute * minuteMs).toISOString();
const book = (client: ReturnType<typeof createCoviuClient>, session_name: string, minute: number) =>
  createSession(client, { session_name, start_time: at(minute), end_time: at(minute + 5) });

/** Sandbox with `count` sessions, one every `every` minutes. */
async function clinic(count: number, every: number) {
  const sandbox = createSandbox({ now: testNow, seed: "none" });
  const others = createCoviuClient(sandbox);
  // oxlint-disable-next-line no-await-in-loop -- in order
  for (let index = 1; index <= count; index += 1) await book(others, `Review ${index}`, index * every);
  return { sandbox, others };
}

async function renderList(sandbox: ReturnType<typeof createSandbox>, client = createCoviuClient(sandbox)) {
  await page.viewport(1280, 900);
  const view = renderWithCoviu(<SessionList data-testid="list" onSelect={() => {}} />, {
    client,
    now: () => sandbox.clock.now(),
  });
  await waitFor(() => expect(screen.getByTestId("list")).toHaveAttribute("data-state", "ready"));
  return view;
}

const openers = () => [...document.querySelectorAll<HTMLElement>(".coviu-session-open")];
const names = () => openers().map((opener) => opener.textContent);
const focusedText = () => document.activeElement?.textContent;
const nextButton = () => document.querySelector<HTMLElement>(".coviu-more button");
const position = () => screen.getByRole("navigation", { name: "Pages of sessions" }).textContent;
const announcement = () => document.querySelector("[role=status]")?.textContent;

faultRow("P1", "with 1,000 sessions and more, the rendered rows are bounded, and every session can be reached", [
  ...[
    { name: "days longer than a page", count: 1000, every: 9 },
    { name: "whole days in a page", count: 300, every: (24 * 60) / 35 },
  ].map(({ name, count, every }) => ({
    name: `${count} sessions × to the last one by keyboard × ${name}`,
    async run({ holds }: Drill) {
      const { sandbox } = await clinic(count, every);
      const { unmount } = await renderList(sandbox);
      if (every > 9) await userEvent.selectOptions(screen.getByLabelText("Dates"), "Next 30 days");
      await waitFor(() => expect(announcement()).toMatch(/^200 upcoming sessions so far/));
      const seen = new Set<string | null>();
      let pages = 0;
      for (;;) {
        pages += 1;
        for (const text of names()) seen.add(text);
        // oxlint-disable no-await-in-loop -- page after page
        await holds("I3", () => expect(document.querySelectorAll(".coviu-session-row").length).toBeLessThan(100));
        // Every row is under the heading of its day.
        await holds("I4", () => {
          for (const section of document.querySelectorAll("section")) {
            expect(section.querySelector("h2")).toHaveTextContent(/^(Today|Tomorrow|\w+day \d+ \w+)/);
            expect(section.getAttribute("aria-labelledby")).toBe(section.querySelector("h2")?.id);
          }
        });
        if (!nextButton()) break;
        const last = openers().at(-1);
        last?.focus();
        await userEvent.tab();
        await holds("I6", () => expect(nextButton()).toHaveFocus());
        await userEvent.keyboard("{Enter}");
        // The focus moves to a row that was not there before.
        await waitFor(() => expect(openers()).toContain(document.activeElement));
        await holds("I6", () => expect(seen).not.toContain(focusedText()));
        // oxlint-enable no-await-in-loop
      }
      await holds("I4", () => expect(seen.size).toBe(count));
      await holds("I6", () =>
        waitFor(() =>
          expect(announcement()).toMatch(
            new RegExp(`^${count} upcoming sessions\\. Showing \\d+ to ${count} of ${count}$`),
          ),
        ),
      );
      await holds("I8", () => expect(pages).toBeLessThan(24));
      unmount();
    },
  })),
  {
    name: "150 sessions × next and previous page",
    async run({ holds }) {
      const { sandbox } = await clinic(150, 9);
      const { unmount } = await renderList(sandbox);
      await userEvent.click(screen.getByLabelText("Next"));
      await holds("I4", () => expect(position()).toBe("Showing 81 to 150 of 150"));
      await holds("I6", () => expect(screen.getByLabelText("Next")).toHaveFocus());
      await userEvent.tab();
      await holds("I6", () => expect(focusedText()).toBe("Review 81"));
      await userEvent.click(screen.getByLabelText("Previous"));
      await holds("I4", () => expect(names()[0]).toBe("Review 1"));
      unmount();
    },
  },
  {
    name: "150 sessions × search for one on another page",
    async run({ holds }) {
      const { sandbox } = await clinic(150, 9);
      const { unmount } = await renderList(sandbox);
      await userEvent.type(screen.getByRole("searchbox"), "review 149");
      await holds("I4", () => waitFor(() => expect(names()).toEqual(["Review 149"])));
      await holds("I6", () => waitFor(() => expect(announcement()).toBe("1 upcoming session")));
      unmount();
    },
  },
  {
    name: "100, 1,000 and 5,000 loaded rows × first render",
    async run({ holds }) {
      const sizes: number[] = [];
      for (const count of [100, 1000, 5000]) {
        const sandbox = createSandbox({ now: testNow, seed: 1 });
        const fetch = async (...request: Parameters<typeof globalThis.fetch>) => {
          const { content }: SessionPage = await (await sandbox.fetch(...request)).json();
          const rows = Array.from({ length: count }, (_, index) => ({ ...content[0], session_id: `s-${index}` }));
          return Response.json({ content: rows, more: false });
        };
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        const { unmount } = await renderList(sandbox, createCoviuClient({ ...sandbox, fetch }));
        sizes.push(screen.getByTestId("list").querySelectorAll("*").length);
        unmount();
      }
      await holds("I3", () => expect(new Set(sizes).size).toBe(1));
    },
  },
]);

/** Advances the time and shows the page again, which refetches stale data. */
async function returnAfter(sandbox: ReturnType<typeof createSandbox>, ms: number) {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + Math.max(ms, 20_000) });
  sandbox.clock.advance(ms);
  const before = sandbox.log.count({ operation: "getSessionPage" });
  fireEvent(document, new Event("visibilitychange", { bubbles: true }));
  await waitFor(() => expect(sandbox.log.count({ operation: "getSessionPage" })).toBeGreaterThan(before));
}

/** Focuses a row, changes something, and returns the text of the focused element. */
async function focusAfter(
  name: string,
  change: (clinic: {
    sandbox: ReturnType<typeof createSandbox>;
    others: ReturnType<typeof createCoviuClient>;
  }) => Promise<unknown>,
  settled: () => unknown,
) {
  const fixture = await clinic(100, 9);
  const { unmount } = await renderList(fixture.sandbox);
  screen.getByText(name).closest("button")?.focus();
  await change(fixture);
  await waitFor(() => expect(settled()).toBeTruthy());
  const result = focusedText();
  unmount();
  vi.useRealTimers();
  return result;
}

faultRow("P1", "the focus is not lost when its row moves or disappears", [
  {
    name: "it starts × moves under another heading",
    async run({ holds }) {
      const result = await focusAfter(
        "Review 1",
        ({ sandbox }) => returnAfter(sandbox, 9 * minuteMs),
        () => screen.queryByText("Happening now"),
      );
      await holds("I6", () => expect(result).toBe("Review 1"));
    },
  },
  {
    name: "it ends × leaves the view",
    async run({ holds }) {
      const result = await focusAfter(
        "Review 1",
        ({ sandbox }) => returnAfter(sandbox, 15 * minuteMs),
        () => !screen.queryByText("Review 1"),
      );
      await holds("I6", () => expect(result).toBe("Review 2"));
    },
  },
  {
    name: "another user cancels it",
    async run({ holds }) {
      const result = await focusAfter(
        "Review 20",
        async ({ sandbox, others }) => {
          const { content } = await listSessions(others);
          await cancelSession(others, content[19]?.session_id ?? "");
          await returnAfter(sandbox, 0);
        },
        () => !screen.queryByText("Review 20"),
      );
      await holds("I6", () => expect(result).toBe("Review 21"));
    },
  },
  {
    name: "another user books × it moves to the next page",
    async run({ holds }) {
      const result = await focusAfter(
        "Review 80",
        async ({ sandbox, others }) => {
          await book(others, "New", 10);
          await returnAfter(sandbox, 0);
        },
        () => screen.queryByText("New"),
      );
      await holds("I6", () => expect(result).toBe("Review 79"));
    },
  },
]);
