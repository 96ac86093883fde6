import "../../src/styles/index.css";
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, vi } from "vitest";
import { page, userEvent } from "vitest/browser";

import { SessionList } from "../../src/components/SessionList/SessionList.tsx";
import { cancelSession, createCoviuClient, createSession, listSessions, type SessionPage } from "../../src/core.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { renderWithCoviu, testNow } from "../render.tsx";
import { faultRow } from "./faultRow.ts";

const minutes = 60_000;
const at = (minute: number) => new Date(Date.parse(testNow) + minute * minutes).toISOString();
const book = (client: ReturnType<typeof createCoviuClient>, session_name: string, minute: number) =>
  createSession(client, { session_name, start_time: at(minute), end_time: at(minute + 5) });

/** A sandbox with so many sessions, one every so many minutes. */
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
const focused = () => document.activeElement?.textContent;
const forward = () => document.querySelector<HTMLElement>(".coviu-more button");
const position = () => screen.getByRole("navigation", { name: "Pages of sessions" }).textContent;
const told = () => document.querySelector("[role=status]")?.textContent;

faultRow("P1", "with 1,000 sessions and more, rows in the page stay bounded and none is out of reach", [
  ...[
    { name: "days longer than a page", count: 1000, every: 9 },
    { name: "whole days in a page", count: 300, every: (24 * 60) / 35 },
  ].map(({ name, count, every }) => ({
    name: `${count} sessions × to the last one by keyboard × ${name}`,
    async run({ holds }: Parameters<Parameters<typeof faultRow>[2][number]["run"]>[0]) {
      const { sandbox } = await clinic(count, every);
      const { unmount } = await renderList(sandbox);
      if (every > 9) await userEvent.selectOptions(screen.getByLabelText("Dates"), "Next 30 days");
      await waitFor(() => expect(told()).toMatch(/^200 upcoming sessions so far/));
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
        if (!forward()) break;
        const last = openers().at(-1);
        last?.focus();
        await userEvent.tab();
        await holds("I6", () => expect(forward()).toHaveFocus());
        await userEvent.keyboard("{Enter}");
        // The focus goes on at a row that has not been there yet.
        await waitFor(() => expect(openers()).toContain(document.activeElement));
        await holds("I6", () => expect(seen).not.toContain(focused()));
        // oxlint-enable no-await-in-loop
      }
      await holds("I4", () => expect(seen.size).toBe(count));
      await holds("I6", () =>
        waitFor(() =>
          expect(told()).toMatch(new RegExp(`^${count} upcoming sessions\\. Showing \\d+ to ${count} of ${count}$`)),
        ),
      );
      await holds("I8", () => expect(pages).toBeLessThan(24));
      unmount();
    },
  })),
  {
    name: "150 sessions × back and forth at the head of the list",
    async run({ holds }) {
      const { sandbox } = await clinic(150, 9);
      const { unmount } = await renderList(sandbox);
      await userEvent.click(screen.getByLabelText("Next"));
      await holds("I4", () => expect(position()).toBe("Showing 81 to 150 of 150"));
      await holds("I6", () => expect(screen.getByLabelText("Next")).toHaveFocus());
      await userEvent.tab();
      await holds("I6", () => expect(focused()).toBe("Review 81"));
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
      await holds("I6", () => waitFor(() => expect(told()).toBe("1 upcoming session")));
      unmount();
    },
  },
  {
    name: "100, 1,000 and 5,000 loaded rows × first painting",
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

/** Time passes, and the page is looked at again: what is stale is read once more. */
async function lookAgain(sandbox: ReturnType<typeof createSandbox>, time: number) {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + Math.max(time, 20_000) });
  sandbox.clock.advance(time);
  const asked = sandbox.log.count({ operation: "getSessionPage" });
  fireEvent(document, new Event("visibilitychange", { bubbles: true }));
  await waitFor(() => expect(sandbox.log.count({ operation: "getSessionPage" })).toBeGreaterThan(asked));
}

/** Focuses a row, lets something happen to it and tells where the focus is. */
async function focusAfter(
  name: string,
  happens: (clinic: {
    sandbox: ReturnType<typeof createSandbox>;
    others: ReturnType<typeof createCoviuClient>;
  }) => Promise<unknown>,
  settled: () => unknown,
) {
  const here = await clinic(100, 9);
  const { unmount } = await renderList(here.sandbox);
  screen.getByText(name).closest("button")?.focus();
  await happens(here);
  await waitFor(() => expect(settled()).toBeTruthy());
  const where = focused();
  unmount();
  vi.useRealTimers();
  return where;
}

faultRow("P1", "a row that has the focus does not take it along when it goes", [
  {
    name: "it starts × and stands under another heading",
    async run({ holds }) {
      const where = await focusAfter(
        "Review 1",
        ({ sandbox }) => lookAgain(sandbox, 9 * minutes),
        () => screen.queryByText("Happening now"),
      );
      await holds("I6", () => expect(where).toBe("Review 1"));
    },
  },
  {
    name: "it ends × and leaves the view",
    async run({ holds }) {
      const where = await focusAfter(
        "Review 1",
        ({ sandbox }) => lookAgain(sandbox, 15 * minutes),
        () => !screen.queryByText("Review 1"),
      );
      await holds("I6", () => expect(where).toBe("Review 2"));
    },
  },
  {
    name: "others cancel it",
    async run({ holds }) {
      const where = await focusAfter(
        "Review 20",
        async ({ sandbox, others }) => {
          const { content } = await listSessions(others);
          await cancelSession(others, content[19]?.session_id ?? "");
          await lookAgain(sandbox, 0);
        },
        () => !screen.queryByText("Review 20"),
      );
      await holds("I6", () => expect(where).toBe("Review 21"));
    },
  },
  {
    name: "others book × and push it to the next page",
    async run({ holds }) {
      const where = await focusAfter(
        "Review 80",
        async ({ sandbox, others }) => {
          await book(others, "New", 10);
          await lookAgain(sandbox, 0);
        },
        () => screen.queryByText("New"),
      );
      await holds("I6", () => expect(where).toBe("Review 79"));
    },
  },
]);
