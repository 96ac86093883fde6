import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";

import { SessionList } from "../../src/components/SessionList/SessionList.tsx";
import { createCoviuClient, dayOf, listSessions, type Session, sessionStatus } from "../../src/core.ts";
import { createRandom } from "../../src/sandbox/ids.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { renderWithCoviu, testNow } from "../render.tsx";
import { type Drill, faultRow } from "./faultRow.ts";

/** Sandbox that holds each response until it is released. If `ignoresAbort` is set, aborted requests get a response as well. */
function slowClinic(ignoresAbort: boolean, seed: "clinic" | number = "clinic") {
  const sandbox = createSandbox({ now: testNow, seed });
  const heldResponses: (() => void)[] = [];
  async function fetch(...request: Parameters<typeof globalThis.fetch>): Promise<Response> {
    const { url, headers, signal } = new Request(...request);
    const response = await sandbox.fetch(url, { headers });
    await new Promise<void>((release) => heldResponses.push(release));
    if (!ignoresAbort) signal.throwIfAborted();
    return response;
  }
  return { sandbox, client: createCoviuClient({ ...sandbox, fetch }), heldResponses };
}

// Queries by role take seconds with so many rows.
const panel = () => document.querySelector("[role=tabpanel]");
const list = () => screen.getByTestId("list");
const names = () =>
  [...document.querySelectorAll(".coviu-session-row[data-state]")].map(
    (item) => `${item.querySelector("time")?.dateTime} ${item.querySelector(".coviu-strong")?.textContent}`,
  );
const states = () =>
  new Set(
    [...document.querySelectorAll(".coviu-session-row[data-state]")].map((item) => item.getAttribute("data-state")),
  );
const ready = () => waitFor(() => expect(list()).not.toHaveAttribute("data-state", "pending"));

const views: Record<string, string[]> = {
  Upcoming: ["active", "scheduled"],
  Active: ["active"],
  Past: ["ended"],
  Canceled: ["canceled"],
};
const choices = { Dates: ["today", "week", "month"], Order: ["forward", "reverse"] };

/** Change of a filter. */
type FilterChange = { view: string } | { label: keyof typeof choices; value: string };

function apply(change: FilterChange): void {
  if ("view" in change) fireEvent.click(screen.getByText(change.view, { selector: "[role=tab]" }));
  else if (screen.queryByLabelText(change.label)) {
    fireEvent.change(screen.getByLabelText(change.label), { target: { value: change.value } });
  }
}

/** Expected rows of a view, calculated without the code of the list. */
async function expectedRows(sandbox: ReturnType<typeof createSandbox>, view: string, range: string, order: string) {
  const now = new Date(testNow);
  const days = { today: 0, week: 7, month: 30 }[range] ?? 0;
  const dayIn = (count: number) => dayOf(new Date(now.getTime() + count * 86_400_000), "Australia/Sydney");
  const first = dayIn(view === "Past" || view === "Canceled" ? -days : 0);
  const last = dayIn(view === "Past" ? 0 : days);
  const { content } = await listSessions(createCoviuClient(sandbox), {
    include_canceled: true,
    start_time: "2026-01-01T00:00:00Z",
  });
  const rows = content.filter((session) => {
    const day = dayOf(session.start_time, "Australia/Sydney");
    return day >= first && day <= last && views[view]?.includes(sessionStatus(session, now).status);
  });
  const isActive = (session: Session) => view === "Upcoming" && sessionStatus(session, now).status === "active";
  const sign = order === "forward" ? 1 : -1;
  const sorted = rows.toSorted((a, b) => sign * (Date.parse(a.start_time) - Date.parse(b.start_time)));
  return [...sorted.filter(isActive), ...sorted.filter((session) => !isActive(session))].map(
    ({ start_time, session_name }) => `${start_time} ${session_name}`,
  );
}

faultRow("P3", "when a filter changes while pages load, older responses are dropped", [
  ...[false, true].map((ignoresAbort) => ({
    name: `views, dates and order × responses in any order × ${ignoresAbort ? "aborted requests get responses" : "requests are aborted"}`,
    runs: 3,
    async run({ seed, holds }: Drill) {
      const random = createRandom(seed);
      const pick = <Item,>(items: readonly Item[]) => items[Math.floor(random() * items.length)];
      const { sandbox, client, heldResponses } = slowClinic(ignoresAbort);
      const { unmount } = renderWithCoviu(<SessionList data-testid="list" />, { client });
      let [view, range, order] = ["Upcoming", "week", "forward"];
      const release = async () => {
        const [next] = heldResponses.splice(Math.floor(random() * heldResponses.length), 1);
        await act(async () => next?.());
      };

      for (let step = 0; step < 12; step += 1) {
        if (random() < 0.6) {
          const label = pick(["Dates", "Order"] as const) ?? "Dates";
          const change =
            random() < 0.5 ? { view: pick(Object.keys(views)) ?? view } : { label, value: pick(choices[label]) ?? "" };
          if ("view" in change)
            [view, range, order] = [change.view, "week", change.view === "Past" ? "reverse" : "forward"];
          else if (change.label === "Order") order = change.value;
          else if (view !== "Active") range = change.value;
          act(() => apply(change));
        } else {
          // oxlint-disable-next-line no-await-in-loop -- step after step
          await release();
        }
        // oxlint-disable-next-line no-await-in-loop
        await holds("I4", () => {
          for (const state of states()) expect(views[view]).toContain(state);
        });
      }
      await waitFor(async () => {
        while (heldResponses.length > 0) await release();
        expect(panel()).toHaveAttribute("aria-busy", "false");
        expect(list()).not.toHaveAttribute("data-state", "pending");
      });
      const shown = names();
      unmount();
      const expected = await expectedRows(sandbox, view, range, order);
      await holds("I4", () => expect(shown.toSorted()).toEqual(expected.toSorted()));
      // Sessions with the same start can have any order.
      const starts = (rows: string[]) => rows.map((text) => text.split(" ")[0]);
      await holds("I4", () => expect(starts(shown)).toEqual(starts(expected)));
    },
  })),
  ...[false, true].map((ignoresAbort) => ({
    name: `another view × while the next page loads × ${ignoresAbort ? "its response arrives" : "its request is aborted"}`,
    async run({ holds }: Drill) {
      const { client, heldResponses } = slowClinic(ignoresAbort, 250);
      const { unmount } = renderWithCoviu(<SessionList data-testid="list" onSelect={() => {}} />, { client });
      const releaseAll = async () => {
        await waitFor(() => expect(heldResponses.length).toBeGreaterThan(0));
        await act(async () => heldResponses.splice(0).forEach((release) => release()));
      };
      await releaseAll();
      await ready();
      fireEvent.change(screen.getByLabelText("Dates"), { target: { value: "month" } });
      await releaseAll();
      await screen.findByText("200 upcoming sessions so far", { selector: ".coviu-summary > p" });
      while (!screen.queryByText("Load more")) fireEvent.click(screen.getByText("Next"));
      screen.getByText("Load more").closest("button")?.focus();
      fireEvent.click(screen.getByText("Load more"));
      await waitFor(() => expect(heldResponses).toHaveLength(1));
      const [late] = heldResponses.splice(0);
      fireEvent.click(screen.getByText("Past"));
      await releaseAll();
      await holds("I4", async () => expect(await screen.findByText("No past sessions")).toBeVisible());
      await act(async () => late?.());
      await holds("I4", () => expect(names()).toEqual([]));
      await holds("I4", () => expect(screen.getByText("No past sessions")).toBeVisible());
      await holds("I6", () => expect(panel()).toHaveFocus());
      unmount();
    },
  })),
]);
