import { act, fireEvent, renderHook, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";

import { SessionList } from "../../src/components/SessionList/SessionList.tsx";
import { createCoviuClient, type SessionPage } from "../../src/core.ts";
import { useInfiniteSessions } from "../../src/hooks/useInfiniteSessions.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { renderWithCoviu, testNow, withCoviu } from "../render.tsx";
import { faultRow, type Scenario } from "./faultRow.ts";

/** Replaces the correct response to the n-th request for a page, counted from 0. */
type Replace = (correct: SessionPage, page: number, first: SessionPage) => Record<string, unknown>;

/** Sandbox that replaces pages of sessions until `isCorrect` is set. */
function hostileClinic(replace: Replace, seed = 30) {
  const sandbox = createSandbox({ now: testNow, seed });
  const server = { isCorrect: false, requests: 0 };
  let first: SessionPage | undefined;
  async function fetchReplaced(...request: Parameters<typeof fetch>): Promise<Response> {
    const response = await sandbox.fetch(...request);
    if (server.isCorrect || !response.ok) return response;
    const page: SessionPage = await response.json();
    first ??= page;
    server.requests += 1;
    return Response.json(replace(page, server.requests - 1, first));
  }
  return { sandbox, server, client: createCoviuClient({ ...sandbox, fetch: fetchReplaced }) };
}

const rowsOf = (list: { data?: { pages: SessionPage[] } | undefined }) =>
  new Set(list.data?.pages.flatMap(({ content }) => content.map(({ session_id }) => session_id)));

const stops: { name: string; replace: Replace; pages: number; rows: number; complete?: boolean }[] = [
  { name: "the same page always", replace: (_, __, first) => ({ ...first, more: true }), pages: 2, rows: 10 },
  {
    name: "two alternating pages",
    replace: (correct, page, first) => ({ ...(page % 2 ? correct : first), more: true }),
    pages: 3,
    rows: 20,
  },
  { name: "empty pages only", replace: () => ({ content: [], more: true }), pages: 3, rows: 0 },
  {
    name: "a page, then empty ones only",
    replace: (correct, page) => (page ? { content: [], more: true } : { ...correct, more: true }),
    pages: 4,
    rows: 10,
  },
  {
    name: "an empty page between full ones",
    replace: (correct, page) => (page === 1 ? { content: [], more: true } : { ...correct }),
    pages: 3,
    rows: 20,
    complete: true,
  },
  {
    name: "two empty pages between full ones",
    replace: (correct, page) =>
      page === 1 || page === 2 ? { content: [], more: true } : { ...correct, more: page < 3 },
    pages: 4,
    rows: 10,
    complete: true,
  },
  {
    name: "broken rows only",
    replace: () => ({ content: [{ session_id: 7 }, null], more: true }),
    pages: 3,
    rows: 0,
  },
  {
    name: "new rows without end",
    replace: (_, page, first) => ({ content: [{ ...first.content[0], session_id: `s-${page}` }], more: true }),
    pages: 500,
    rows: 500,
  },
  ...[0, 2 ** 63, -1, 0.5].map((size) => ({
    name: `page_size, page and page_count ${size}`,
    replace: (correct: SessionPage) => ({ ...correct, page_size: size, page: size, page_count: size }),
    pages: 3,
    rows: 30,
    complete: true,
  })),
];

faultRow(
  "J8",
  "reading stops at a repeated page, at the third empty page in a row, and at 500 pages",
  stops.map(({ name, replace, pages, rows, complete = false }) => ({
    name: `${name} × reading page after page`,
    async run({ holds }) {
      const { client, server } = hostileClinic(replace);
      const { result } = renderHook(() => useInfiniteSessions({ page_size: 10 }, { enabled: false }), {
        wrapper: ({ children }) => withCoviu(children, { client, now: undefined }),
      });
      let list = result.current;
      // oxlint-disable-next-line no-await-in-loop -- page after page
      do list = await act(() => list.fetchNextPage());
      while (list.hasNextPage);
      await holds("I3", () => expect(list.data?.pages).toHaveLength(pages));
      await holds("I8", () => expect(server.requests).toBe(pages));
      await holds("I4", () => expect(rowsOf(list).size).toBe(rows));
      // `more` of the last page distinguishes an end from a stop.
      await holds("I4", () => expect(list.data?.pages.at(-1)?.more).toBe(!complete));
    },
  })),
);

const more = () =>
  screen
    .findByText("Load more", { selector: "button > span" })
    .then(({ parentElement }) => parentElement ?? document.body);
const ready = () => waitFor(() => expect(screen.getByTestId("list")).not.toHaveAttribute("data-state", "pending"));
const summary = () => document.querySelector(".coviu-summary > p")?.textContent;
const announcement = () => document.querySelector("[role=status]")?.textContent;

function renderHostile(replace: Replace, settings: Parameters<typeof renderWithCoviu>[1] = {}) {
  const { client, server, sandbox } = hostileClinic(replace);
  const view = renderWithCoviu(<SessionList data-testid="list" onSelect={() => {}} />, {
    client,
    sandbox,
    ...settings,
  });
  return { ...view, server };
}

const lists: { name: string; replace: Replace; requests: number; count: string }[] = [
  {
    name: "the same page always",
    replace: (_, __, first) => ({ ...first, more: true }),
    requests: 2,
    count: "30 upcoming sessions so far",
  },
  {
    name: "a page, then empty ones only",
    replace: (correct, page) => (page ? { content: [], more: true } : { ...correct, more: true }),
    requests: 4,
    count: "30 upcoming sessions so far",
  },
  {
    name: "empty pages only",
    replace: () => ({ content: [], more: true }),
    requests: 3,
    count: "0 upcoming sessions so far",
  },
];

faultRow("J8", "a list whose reading stopped says that it may be incomplete", [
  ...lists.map(({ name, replace, requests, count }): Scenario => ({
    name: `${name} × Load more × then correct responses`,
    async run({ holds }) {
      const { server, unmount } = renderHostile(replace);
      await ready();
      const button = await more();
      button.focus();
      fireEvent.click(button);
      await holds("I4", async () => expect(await screen.findByText("This list may be incomplete")).toBeVisible());
      await holds("I4", () => expect(summary()).toBe(count));
      await holds("I4", () => expect(document.body).not.toHaveTextContent("Nothing is booked"));
      await holds("I8", () => expect(server.requests).toBe(requests));
      await holds("I3", () => expect(screen.queryByText("Load more")).not.toBeInTheDocument());
      await holds("I6", () => expect(document.body).not.toHaveFocus());
      await holds("I6", () => waitFor(() => expect(announcement()).toBe(`${count}. This list may be incomplete`)));
      server.isCorrect = true;
      fireEvent.click(screen.getByText("Refresh"));
      await holds("I4", () => waitFor(() => expect(summary()).toBe("30 upcoming sessions")));
      await holds("I4", () => expect(screen.queryByText("This list may be incomplete")).not.toBeInTheDocument());
      unmount();
    },
  })),
  {
    name: "the same page always × texts of the app",
    async run({ holds }) {
      const incomplete = { title: "Liste unvollständig", body: "Der Dienst antwortet nicht weiter." };
      const { unmount } = renderHostile((_, __, first) => ({ ...first, more: true }), {
        messages: { sessionList: { incomplete } },
      });
      await ready();
      fireEvent.click(await more());
      await holds("I4", async () => expect(await screen.findByText(incomplete.title)).toBeVisible());
      await holds("I4", () => expect(screen.getByText(incomplete.body)).toBeVisible());
      unmount();
    },
  },
  {
    name: "2,000 rows in one page × first page",
    async run({ holds }) {
      const { unmount } = renderHostile((_, __, { content: [session] }) => ({
        more: false,
        content: Array.from({ length: 2000 }, (_, index) => ({ ...session, session_id: `s-${index}` })),
      }));
      await ready();
      await holds("I4", () => expect(summary()).toBe("2000 upcoming sessions"));
      await holds("I3", () => expect(document.querySelectorAll(".coviu-session-row")).toHaveLength(80));
      unmount();
    },
  },
]);
