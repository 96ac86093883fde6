import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";

import { SessionList } from "../../src/components/SessionList/SessionList.tsx";
import { createCoviuClient, dayOf, listSessions, type Session, sessionStatus } from "../../src/core.ts";
import { createRandom } from "../../src/sandbox/ids.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { renderWithCoviu, testNow } from "../render.tsx";
import { faultRow } from "./faultRow.ts";

/** A sandbox that keeps every page of sessions back until it is let go. A deaf one answers what nobody waits for. */
function slowClinic(deaf: boolean, seed: "clinic" | number = "clinic") {
  const sandbox = createSandbox({ now: testNow, seed });
  const kept: (() => void)[] = [];
  async function fetch(...request: Parameters<typeof globalThis.fetch>): Promise<Response> {
    const { url, headers, signal } = new Request(...request);
    const answer = await sandbox.fetch(url, { headers });
    await new Promise<void>((release) => kept.push(release));
    if (!deaf) signal.throwIfAborted();
    return answer;
  }
  return { sandbox, client: createCoviuClient({ ...sandbox, fetch }), kept };
}

// Roles of so many rows take seconds to tell.
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

/** Something a person does to the filters. */
type Deed = { view: string } | { label: keyof typeof choices; value: string };

function apply(deed: Deed): void {
  if ("view" in deed) fireEvent.click(screen.getByText(deed.view, { selector: "[role=tab]" }));
  else if (screen.queryByLabelText(deed.label)) {
    fireEvent.change(screen.getByLabelText(deed.label), { target: { value: deed.value } });
  }
}

/** The names that a view holds, by the rules and not by the code of the list. */
async function expected(sandbox: ReturnType<typeof createSandbox>, view: string, range: string, order: string) {
  const now = new Date(testNow);
  const days = { today: 0, week: 7, month: 30 }[range] ?? 0;
  const dayIn = (count: number) => dayOf(new Date(now.getTime() + count * 86_400_000), "Australia/Sydney");
  const first = dayIn(view === "Past" || view === "Canceled" ? -days : 0);
  const last = dayIn(view === "Past" ? 0 : days);
  const { content } = await listSessions(createCoviuClient(sandbox), {
    include_canceled: true,
    start_time: "2026-01-01T00:00:00Z",
  });
  const held = content.filter((session) => {
    const day = dayOf(session.start_time, "Australia/Sydney");
    return day >= first && day <= last && views[view]?.includes(sessionStatus(session, now).status);
  });
  const isRunning = (session: Session) => view === "Upcoming" && sessionStatus(session, now).status === "active";
  const sign = order === "forward" ? 1 : -1;
  const sorted = held.toSorted((a, b) => sign * (Date.parse(a.start_time) - Date.parse(b.start_time)));
  return [...sorted.filter(isRunning), ...sorted.filter((session) => !isRunning(session))].map(
    ({ start_time, session_name }) => `${start_time} ${session_name}`,
  );
}

faultRow("P3", "filters changed while pages load: older answers are dropped", [
  ...[false, true].map((deaf) => ({
    name: `views, dates and order × answers in any order × ${deaf ? "answers come though nobody waits" : "requests end with their filter"}`,
    runs: 3,
    async run({ seed, holds }: Parameters<Parameters<typeof faultRow>[2][number]["run"]>[0]) {
      const random = createRandom(seed);
      const pick = <Item,>(items: readonly Item[]) => items[Math.floor(random() * items.length)];
      const { sandbox, client, kept } = slowClinic(deaf);
      const { unmount } = renderWithCoviu(<SessionList data-testid="list" />, { client });
      let [view, range, order] = ["Upcoming", "week", "forward"];
      const release = async () => {
        const [next] = kept.splice(Math.floor(random() * kept.length), 1);
        await act(async () => next?.());
      };

      for (let step = 0; step < 12; step += 1) {
        if (random() < 0.6) {
          const label = pick(["Dates", "Order"] as const) ?? "Dates";
          const deed =
            random() < 0.5 ? { view: pick(Object.keys(views)) ?? view } : { label, value: pick(choices[label]) ?? "" };
          if ("view" in deed) [view, range, order] = [deed.view, "week", deed.view === "Past" ? "reverse" : "forward"];
          else if (deed.label === "Order") order = deed.value;
          else if (view !== "Active") range = deed.value;
          act(() => apply(deed));
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
        while (kept.length > 0) await release();
        expect(panel()).toHaveAttribute("aria-busy", "false");
        expect(list()).not.toHaveAttribute("data-state", "pending");
      });
      const shown = names();
      unmount();
      const held = await expected(sandbox, view, range, order);
      await holds("I4", () => expect(shown.toSorted()).toEqual(held.toSorted()));
      // Those that start together may stand either way.
      const starts = (rows: string[]) => rows.map((text) => text.split(" ")[0]);
      await holds("I4", () => expect(starts(shown)).toEqual(starts(held)));
    },
  })),
  ...[false, true].map((deaf) => ({
    name: `another view × while the next page loads × ${deaf ? "its answer comes" : "its request ends"}`,
    async run({ holds }: Parameters<Parameters<typeof faultRow>[2][number]["run"]>[0]) {
      const { client, kept } = slowClinic(deaf, 250);
      const { unmount } = renderWithCoviu(<SessionList data-testid="list" onSelect={() => {}} />, { client });
      const answerAll = async () => {
        await waitFor(() => expect(kept.length).toBeGreaterThan(0));
        await act(async () => kept.splice(0).forEach((release) => release()));
      };
      await answerAll();
      await ready();
      fireEvent.change(screen.getByLabelText("Dates"), { target: { value: "month" } });
      await answerAll();
      await screen.findByText("200 upcoming sessions so far", { selector: ".coviu-summary > p" });
      while (!screen.queryByText("Load more")) fireEvent.click(screen.getByText("Next"));
      screen.getByText("Load more").closest("button")?.focus();
      fireEvent.click(screen.getByText("Load more"));
      await waitFor(() => expect(kept).toHaveLength(1));
      const [late] = kept.splice(0);
      fireEvent.click(screen.getByText("Past"));
      await answerAll();
      await holds("I4", async () => expect(await screen.findByText("No past sessions")).toBeVisible());
      await act(async () => late?.());
      await holds("I4", () => expect(names()).toEqual([]));
      await holds("I4", () => expect(screen.getByText("No past sessions")).toBeVisible());
      await holds("I6", () => expect(panel()).toHaveFocus());
      unmount();
    },
  })),
]);
