import { act, fireEvent, renderHook, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";

import { mergedRows } from "../../src/components/SessionList/filters.ts";
import { SessionList } from "../../src/components/SessionList/SessionList.tsx";
import {
  cancelSession,
  createCoviuClient,
  createSession,
  listSessions,
  type Session,
  type ListSessionsParams,
  updateSession,
} from "../../src/core.ts";
import { useOverlappingSessions } from "../../src/hooks/useOverlappingSessions.ts";
import { createRandom } from "../../src/sandbox/ids.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { inHours, testNow } from "../harness/testTime.ts";
import { renderWithCoviu, withCoviu } from "../render.tsx";
import { faultRow } from "./faultRow.ts";

const lists: Record<string, ListSessionsParams> = {
  "from a start time": { start_time: inHours(3) },
  "latest first": { start_time: inHours(3), order: "reverse" },
  "up to an end time": { end_time: inHours(80) },
  "up to an end time, latest first": { end_time: inHours(80), order: "reverse" },
  "in the order of creation": {},
  "with canceled sessions": { start_time: inHours(0), include_canceled: true },
};

const findSummary = (text: string) => screen.findByText(text, { selector: ".coviu-summary > p" });

type Change = "book" | "move" | "cancel";
const kinds: Record<string, readonly Change[]> = {
  book: ["book"],
  move: ["move"],
  cancel: ["cancel"],
  "book, move, cancel": ["book", "move", "cancel", "cancel"],
};

/** Clinic in which other users book, move and cancel sessions before the server reads a page. */
async function changingClinic(seed: number, changes: readonly Change[]) {
  const random = createRandom(seed);
  const pick = (min: number, max: number) => min + Math.floor(random() * (max - min + 1));
  const sandbox = createSandbox({ now: testNow, seed: pick(30, 90) });
  const others = createCoviuClient(sandbox);
  const ids = (await listSessions(others)).content.map(({ session_id }) => session_id);
  const touched = new Set<string>();
  let remaining = 0;

  async function change(): Promise<string> {
    // On the half hour or on the hour, as the existing sessions.
    const start = pick(2, 180) / 2;
    const times = { start_time: inHours(start), end_time: inHours(start + 0.5) };
    const index = pick(0, ids.length - 1);
    const id = ids[index] ?? "";
    const kind = ids.length > 1 ? changes[pick(0, changes.length - 1)] : "book";
    if (kind === "book") {
      const { session_id } = await createSession(others, { session_name: "New", ...times });
      ids.push(session_id);
      return session_id;
    }
    if (kind === "move") await updateSession(others, id, times);
    else await cancelSession(others, ids.splice(index, 1)[0] ?? "");
    return id;
  }

  async function changeThenRead(...request: Parameters<typeof fetch>) {
    for (let count = Math.min(remaining, pick(0, 3)); count > 0; count -= 1) {
      remaining -= 1;
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      touched.add(await change());
    }
    return sandbox.fetch(...request);
  }

  const client = createCoviuClient({ ...sandbox, fetch: changeThenRead });
  return { others, client, touched, pick, allowChanges: (count: number) => void (remaining = count) };
}

const combinations = Object.entries(kinds).flatMap(([kind, changes]) =>
  Object.entries(lists).map(([list, params]) => ({ kind, changes, list, params })),
);

faultRow(
  "P2",
  "when rows are added or canceled while pages load, no row that was there all the time is missing or doubled",
  combinations.map(({ kind, list, changes, params }) => ({
    name: `${kind} × reading page after page × ${list}`,
    runs: 11,
    async run({ seed, holds }) {
      const { client, others, touched, pick, allowChanges } = await changingClinic(seed, changes);
      const request = { ...params, page_size: pick(24, 30) };
      const listAll = async () => (await listSessions(others, params)).content;
      const before = await listAll();
      const { result, unmount } = renderHook(() => useOverlappingSessions(request, { enabled: false }), {
        wrapper: ({ children }) => withCoviu(children, { client, now: undefined }),
      });

      async function readAll(changes: number): Promise<Session[]> {
        allowChanges(changes);
        let list = result.current;
        await act(() => list.refetch());
        // oxlint-disable-next-line no-await-in-loop -- page after page
        do list = await act(() => list.fetchNextPage());
        while (list.hasNextPage);
        return mergedRows(list.data?.pages);
      }

      for (const changes of [pick(0, 16), pick(0, 8)]) {
        // oxlint-disable-next-line no-await-in-loop -- the second pass refetches the pages
        const shown = (await readAll(changes)).map(({ session_id }) => session_id);
        const unchanged = before.map(({ session_id }) => session_id).filter((id) => !touched.has(id));
        // oxlint-disable-next-line no-await-in-loop
        await holds("I4", () => {
          expect(shown).toEqual(expect.arrayContaining(unchanged));
          expect(new Set(shown).size).toBe(shown.length);
        });
      }
      const facts = (rows: Session[]) => rows.map((row) => `${row.session_id} ${row.start_time}`).toSorted();
      const [shown, now] = [await readAll(0), await listAll()];
      await holds("I4", () => expect(facts(shown)).toEqual(facts(now)));
      unmount();
    },
  })),
);

faultRow("P2", "an unchanged list needs one request per page, and a changed one shows the current rows", [
  {
    name: "no change × reading page after page",
    async run({ holds }) {
      const sandbox = createSandbox({ now: testNow, seed: 1000 });
      const client = createCoviuClient(sandbox);
      const { result } = renderHook(() => useOverlappingSessions({ start_time: testNow }, { enabled: false }), {
        wrapper: ({ children }) => withCoviu(children, { client, now: undefined }),
      });
      let list = result.current;
      // oxlint-disable-next-line no-await-in-loop -- page after page
      do list = await act(() => list.fetchNextPage());
      while (list.hasNextPage);
      await holds("I4", () => expect(mergedRows(list.data?.pages)).toHaveLength(1000));
      const requests = sandbox.log.entries().filter(({ operation }) => operation === "getSessionPage");
      await holds("I8", () => expect(requests.map(({ query }) => query.page)).toEqual(["0", "1", "2", "3", "4", "5"]));
    },
  },
  {
    name: "a loaded session moves × to a page that is not loaded",
    async run({ holds }) {
      const sandbox = createSandbox({ now: testNow, seed: 30 });
      const client = createCoviuClient(sandbox);
      const { result } = renderHook(
        () => useOverlappingSessions({ page_size: 10, start_time: testNow }, { enabled: false }),
        {
          wrapper: ({ children }) => withCoviu(children, { client, now: undefined }),
        },
      );
      let list = await act(() => result.current.fetchNextPage());
      const [moved] = mergedRows(list.data?.pages);
      await updateSession(client, moved?.session_id ?? "", { start_time: inHours(15.5), end_time: inHours(16) });
      // oxlint-disable-next-line no-await-in-loop -- page after page
      do list = await act(() => list.fetchNextPage());
      while (list.hasNextPage);
      const shown = mergedRows(list.data?.pages).filter(({ session_id }) => session_id === moved?.session_id);
      await holds("I4", () => expect(shown.map(({ start_time }) => start_time)).toEqual([inHours(15.5)]));
    },
  },
  {
    name: "other users cancel on the first page × Load more × every row of the list",
    async run({ holds }) {
      const sandbox = createSandbox({ now: testNow, seed: 230 });
      const others = createCoviuClient(sandbox);
      const { unmount } = renderWithCoviu(<SessionList onSelect={() => {}} />, { sandbox });
      await findSummary("182 upcoming sessions");
      fireEvent.change(screen.getByLabelText("Dates"), { target: { value: "month" } });
      await findSummary("200 upcoming sessions so far");
      const { content } = await listSessions(others);
      const canceled = content.slice(10, 13);
      for (const { session_id } of canceled) await cancelSession(others, session_id); // oxlint-disable-line no-await-in-loop
      while (!screen.queryByText("Load more")) fireEvent.click(screen.getByText("Next"));
      fireEvent.click(screen.getByText("Load more"));
      await waitFor(() => expect(screen.queryByText("Load more")).not.toBeInTheDocument());
      while (screen.queryByText("Next")) fireEvent.click(screen.getByText("Next"));
      const seen = new Set<string>();
      for (;;) {
        for (const opener of document.querySelectorAll(".coviu-session-open")) seen.add(opener.textContent);
        const previous = screen.getByLabelText("Previous");
        if (previous.getAttribute("aria-disabled")) break;
        fireEvent.click(previous);
      }
      const names = Array.from({ length: 230 }, (_, index) => `Review ${index + 1}`);
      const canceledNames = canceled.map(({ session_name }) => session_name);
      await holds("I4", () =>
        expect([...seen]).toEqual(expect.arrayContaining(names.filter((name) => !canceledNames.includes(name)))),
      );
      unmount();
    },
  },
]);
