import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { createCoviuClient } from "../../src/api/client.ts";
import type { SessionCreationRequest } from "../../src/api/requests.ts";
import { cancelSession, createSession, listSessions } from "../../src/api/sessions.ts";
import { SessionList, type SessionListProps } from "../../src/components/SessionList/SessionList.tsx";
import { useCancelSession } from "../../src/hooks/useCancelSession.ts";
import { useSessions } from "../../src/hooks/useSessions.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { conforms } from "../conformance.tsx";
import { enterText } from "../enterText.ts";
import { renderWithCoviu, type RenderSettings, testNow } from "../render.tsx";
import { react18 } from "../tags.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** A sandbox that holds these sessions, booked long before the clock of the test. */
async function sandboxWith(...sessions: SessionCreationRequest[]) {
  const sandbox = createSandbox({ now: "2026-01-01T00:00:00Z", seed: "none" });
  const client = createCoviuClient(sandbox);
  for (const session of sessions) await createSession(client, session);
  sandbox.clock.set(testNow);
  sandbox.log.clear();
  return sandbox;
}

function renderList(props: SessionListProps = {}, settings: RenderSettings = {}) {
  const sandbox = settings.sandbox ?? createSandbox({ now: testNow });
  const view = renderWithCoviu(<SessionList data-testid="list" onSelect={() => {}} {...props} />, {
    now: () => sandbox.clock.now(),
    ...settings,
    sandbox,
  });
  return { ...view, root: screen.getByTestId("list") };
}

/** Only once in the seed. */
const interpreted = "Speech therapy with interpreter";

const row = (name: string | RegExp) => screen.getByRole("button", { name });
const rowNames = () => screen.getAllByRole("listitem").map((item) => within(item).getByRole("button").textContent);
const headings = () => screen.getAllByRole("heading").map((heading) => heading.textContent);
const ready = () => waitFor(() => expect(screen.getByTestId("list")).toHaveAttribute("data-state", "ready"));
const listRequests = (sandbox: ReturnType<typeof createSandbox>) =>
  sandbox.log.entries().filter(({ operation }) => operation === "getSessionPage");

const chosen = () => screen.getByRole("tab", { selected: true });
const running = () => screen.getByRole("region", { name: /Happening now/ });
// By text: looking for roles among so many rows takes seconds.
const reviews = () => screen.getAllByText(/^Review \d+$/);
const more = () => screen.getByText("Load more");
const counted = (text: string) => screen.findByText(text, { selector: ".coviu-summary > p" });
const next = () => screen.getByText("Next");

async function renderMany() {
  const view = renderList({}, { sandbox: createSandbox({ now: testNow, seed: 250 }) });
  await ready();
  await view.user.selectOptions(screen.getByLabelText("Dates"), "Next 30 days");
  await counted("200 upcoming sessions so far");
  return view;
}

/** As far as the rows reach that are loaded. */
async function toTheLastPage(user: ReturnType<typeof renderList>["user"]) {
  // oxlint-disable-next-line no-await-in-loop -- page after page
  while (screen.queryByText("Next")) await user.click(next());
}

function Host() {
  const [id, setId] = useState<string>();
  return <SessionList data-testid="list" selectedId={id} onSelect={(session) => setId(session.session_id)} />;
}

/** With a way to cancel the first session that the list shows. */
function WithCanceling() {
  const cancel = useCancelSession();
  const [first] = useSessions().data?.content ?? [];
  return (
    <>
      <SessionList data-testid="list" onSelect={() => {}} />
      <button disabled={!first} onClick={() => first && cancel.mutate({ sessionId: first.session_id })}>
        Cancel the first
      </button>
    </>
  );
}

describe("SessionList", () => {
  conforms<HTMLDivElement>((props) => <SessionList {...props} />);

  describe("its states", () => {
    it("is pending until the first response, with tabs and filters in place", async () => {
      const sandbox = createSandbox({ now: testNow });
      const request = sandbox.faults.hold({ operation: "getSessionPage" });
      const { root } = renderList({}, { sandbox });
      expect(root).toHaveAttribute("data-state", "pending");
      expect(screen.getByRole("tab", { name: /Upcoming/ })).toBeVisible();
      expect(screen.getByRole("searchbox", { name: "Search names" })).toBeVisible();
      await request.reached;
      request.release();
      await ready();
    });

    it("says what went wrong and tries again when asked", async () => {
      const sandbox = createSandbox({ now: testNow });
      sandbox.faults.next({ operation: "getSessionPage", status: 503, times: 3 });
      const { root, user } = renderList({}, { sandbox });
      expect(await screen.findByText("The service had a problem")).toBeVisible();
      expect(root).toHaveAttribute("data-state", "error");
      await user.click(screen.getByRole("button", { name: "Try again" }));
      await ready();
      expect(screen.queryByText("The service had a problem")).not.toBeInTheDocument();
      // The button is gone: the keyboard goes on at the list.
      await waitFor(() => expect(screen.getByRole("tabpanel")).toHaveFocus());
    });

    it("invites to book where there is not one session", async () => {
      const { root } = renderList({}, { sandbox: createSandbox({ now: testNow, seed: "none" }) });
      expect(await screen.findByRole("heading", { name: "No sessions yet" })).toBeVisible();
      expect(root).toHaveAttribute("data-state", "empty");
    });

    it("keeps loaded data when a refresh fails, shows its age, and refreshes on request", async () => {
      const { sandbox, user, root } = renderList();
      await ready();
      expect(screen.getByText("Updated just now")).toBeVisible();
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 2 * 60_000 });
      sandbox.clock.advance(2 * 60_000);
      sandbox.faults.next({ operation: "getSessionPage", status: 503, times: 3 });
      fireEvent(document, new Event("visibilitychange", { bubbles: true }));
      await waitFor(() => expect(root).toHaveTextContent(/Last updated 2 minutes ago, at 9:52\sam/));
      expect(row(interpreted)).toBeVisible();
      expect(screen.getByText("The service had a problem")).toBeVisible();
      await user.click(screen.getByRole("button", { name: "Try again" }));
      expect(await screen.findByText("Updated just now")).toBeVisible();
    });
  });

  describe("its rows", () => {
    it("shows running sessions first, then days of the clinic with their names", async () => {
      renderList();
      await ready();
      expect(headings().slice(0, 4)).toEqual([
        "Happening now 2 sessions",
        expect.stringMatching(/^Today Monday 12 January \d+ sessions$/),
        expect.stringMatching(/^Tomorrow Tuesday 13 January \d+ sessions$/),
        expect.stringMatching(/^Wednesday 14 January \d+ sessions$/),
      ]);
      expect(within(running()).getByRole("button", { name: "Blood pressure review" })).toBeVisible();
    });

    it("shows time, length, name, guests, host and how soon", async () => {
      renderList();
      await ready();
      const [today] = screen.getAllByRole("region", { name: /^Today/ });
      const knee = within(today ?? document.body)
        .getAllByRole("listitem")
        .find((item) => within(item).queryByRole("button", { name: "Knee rehab follow-up" }));
      expect(knee).toHaveTextContent(/^10:00\sam30 minKnee rehab follow-upTāne WihongiMCHost: Mei-Ling Chenin 8 min$/);
      expect(screen.getByText("13 min left")).toBeVisible();
    });

    it("shows the time left up to twelve hours ahead, and only the day beyond", async () => {
      const sandbox = await sandboxWith(
        { session_name: "Near", start_time: "2026-01-12T10:52:00Z", end_time: "2026-01-12T11:30:00Z" },
        { session_name: "Far", start_time: "2026-01-12T10:53:00Z", end_time: "2026-01-12T11:30:00Z" },
      );
      renderList({}, { sandbox });
      await ready();
      expect(screen.getByText("in 12 h")).toBeVisible();
      expect(screen.queryByText(/in 12 h 1 min/)).not.toBeInTheDocument();
    });

    it("warns of a session without guests", async () => {
      renderList();
      await ready();
      const item = screen.getAllByRole("listitem").find((entry) => within(entry).queryByText("Case conference"));
      expect(item).toHaveTextContent("No guests yet");
      expect(screen.getAllByText("No guests yet")).toHaveLength(1);
    });

    it("marks both rows of what seems to be booked twice, until one of them is canceled", async () => {
      const booking = {
        session_name: "Hand therapy",
        start_time: "2026-01-11T23:30:00Z",
        end_time: "2026-01-11T23:45:00Z",
        participants: [{ display_name: "Ana Lee" }, { display_name: "Dr Amara Okafor", role: "HOST" }],
      };
      const sandbox = await sandboxWith(
        booking,
        { ...booking, participants: booking.participants.toReversed() },
        { ...booking, participants: [{ display_name: "Tom Ng" }] },
        { ...booking, end_time: "2026-01-11T23:50:00Z" },
      );
      renderWithCoviu(<WithCanceling />, { sandbox, now: () => sandbox.clock.now() });
      await ready();
      const marked = () => screen.queryAllByRole("button", { name: "Hand therapy", description: /twice/ });
      expect(screen.getAllByRole("button", { name: "Hand therapy" })).toHaveLength(4);
      expect(marked()).toHaveLength(2);
      expect(marked()[0]).toHaveAccessibleDescription(
        /^10:30\sam15 min Ana Lee Host: Dr Amara Okafor in 38 min May be booked twice$/,
      );
      expect(marked()[0]?.closest("li")).toHaveTextContent("Ana LeeMay be booked twice");

      const cancelFirst = screen.getByRole("button", { name: "Cancel the first" });
      await waitFor(() => expect(cancelFirst).toBeEnabled());
      fireEvent.click(cancelFirst);
      await waitFor(() => expect(screen.getAllByRole("button", { name: "Hand therapy" })).toHaveLength(3));
      expect(marked()).toHaveLength(0);
      expect(screen.queryByText("May be booked twice")).not.toBeInTheDocument();
    });

    it("says whole names of three guests and how many more there are", async () => {
      const people = ["Ana", "Ben", "Cem", "Dua", "Eve"].map((display_name) => ({ display_name }));
      const sandbox = await sandboxWith({
        session_name: "Group",
        start_time: "2026-01-11T23:30:00Z",
        end_time: "2026-01-11T23:45:00Z",
        participants: people,
      });
      renderList({}, { sandbox });
      expect(await screen.findByText((_, element) => element?.textContent === "Ana, Ben, Cem, +2")).toBeVisible();
    });

    it("passes the chosen session to the app and marks the selected one", async () => {
      const { user } = renderWithCoviu(<Host />);
      await ready();
      await user.click(row(interpreted));
      expect(screen.getAllByRole("button", { current: true })).toEqual([row(interpreted)]);
    });

    it("groups by the clinic's day where clocks change and around midnight", async () => {
      // In Sydney clocks go back on Sunday 5 April 2026, at 3 am: that day has 25 hours.
      const sandbox = await sandboxWith(
        { session_name: "Late on Saturday", start_time: "2026-04-04T12:30:00Z", end_time: "2026-04-04T12:50:00Z" },
        { session_name: "After midnight", start_time: "2026-04-04T13:15:00Z", end_time: "2026-04-04T13:30:00Z" },
        { session_name: "The second 2:30", start_time: "2026-04-04T16:30:00Z", end_time: "2026-04-04T16:45:00Z" },
        { session_name: "Late on Sunday", start_time: "2026-04-05T13:30:00Z", end_time: "2026-04-05T13:45:00Z" },
        { session_name: "On Monday", start_time: "2026-04-05T14:30:00Z", end_time: "2026-04-05T14:45:00Z" },
      );
      sandbox.clock.set("2026-04-04T02:00:00Z");
      renderList({}, { sandbox });
      await ready();
      expect(headings()).toEqual([
        "Today Saturday 4 April 1 session",
        "Tomorrow Sunday 5 April 3 sessions",
        "Monday 6 April 1 session",
      ]);
    });
  });

  describe("its views", () => {
    it.each([
      ["Active", ["active"]],
      ["Past", ["ended"]],
      ["Canceled", ["canceled"]],
      ["Upcoming", ["active", "scheduled"]],
    ])("%s shows nothing else", async (name, states) => {
      const { user } = renderList({ defaultView: name === "Past" ? "upcoming" : "past" });
      await ready();
      await user.click(screen.getByRole("tab", { name: new RegExp(name) }));
      await waitFor(() => {
        const shown = screen.getAllByRole("listitem").map((item) => item.getAttribute("data-state"));
        expect([...new Set(shown)].toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(states);
      });
      expect(screen.getByRole("tabpanel", { name: new RegExp(name) })).toBeVisible();
    });

    it("moves between tabs with arrows, Home and End, with one tab stop", async () => {
      const { user } = renderList();
      await ready();
      await user.tab();
      expect(chosen()).toHaveFocus();
      for (const [key, name] of [
        ["{ArrowRight}", /^Active/],
        ["{End}", /^Canceled/],
        ["{ArrowRight}", /^Upcoming/],
        ["{ArrowLeft}", /^Canceled/],
        ["{Home}", /^Upcoming/],
      ] as const) {
        await user.keyboard(key);
        expect(chosen()).toHaveAccessibleName(name);
        expect(chosen()).toHaveFocus();
      }
      await user.tab();
      expect(screen.getByRole("searchbox")).toHaveFocus();
    });

    it("lists past sessions from the latest, the others from the earliest, and turns them round when asked", async () => {
      const { user, sandbox } = renderList();
      await ready();
      const forward = rowNames();
      await user.selectOptions(screen.getByRole("combobox", { name: "Order" }), "Latest first");
      await waitFor(() => expect(listRequests(sandbox).at(-1)?.query.order).toBe("reverse"));
      await waitFor(() => expect(rowNames().at(-1)).not.toBe(forward.at(-1)));
      await user.click(screen.getByRole("tab", { name: /Past/ }));
      expect(screen.getByRole("combobox", { name: "Order" })).toHaveDisplayValue("Latest first");
      await user.click(screen.getByRole("tab", { name: /Upcoming/ }));
      expect(screen.getByRole("combobox", { name: "Order" })).toHaveDisplayValue("Earliest first");
    });

    it("announces sessions five minutes and one minute before they start, and nothing else", async () => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const times = (start: string) => ({ start_time: `2026-01-11T${start}Z`, end_time: "2026-01-11T23:55:00Z" });
      const sandbox = await sandboxWith(
        { session_name: "Near", ...times("22:59:00") },
        { session_name: "Also near", ...times("22:59:00") },
        { session_name: "Later", ...times("23:03:30") },
        ...["One", "Two", "Three", "Four"].map((session_name) => ({ session_name, ...times("23:10:00") })),
      );
      renderList({}, { sandbox });
      await ready();
      const region = document.querySelector("[aria-live=polite]");
      const announcements: string[] = [];
      new MutationObserver(() => region?.textContent && announcements.push(region.textContent)).observe(
        region ?? document,
        {
          subtree: true,
          childList: true,
          characterData: true,
        },
      );
      // Half a minute apart, the clock and the timers never meet, however slow the machine is.
      await act(() => vi.advanceTimersByTimeAsync(30_000));
      for (let minute = 0; minute < 20; minute += 1) {
        sandbox.clock.advance(60_000);
        // oxlint-disable-next-line no-await-in-loop -- minute after minute
        await act(() => vi.advanceTimersByTimeAsync(60_000));
      }
      expect(announcements.filter((text) => /start/.test(text))).toEqual([
        "Near, Also near start in 5 minutes",
        "Near, Also near start in 1 minute",
        "Later starts in 5 minutes",
        "Later starts in 1 minute",
        "4 sessions start in 5 minutes",
        "4 sessions start in 1 minute",
      ]);
    });

    it("moves a session to its group when it starts, without a request", async () => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const { sandbox } = renderList();
      await ready();
      expect(within(running()).queryByRole("button", { name: "Knee rehab follow-up" })).not.toBeInTheDocument();
      const before = listRequests(sandbox).length;
      sandbox.clock.advance(8 * 60_000);
      await act(() => vi.advanceTimersByTimeAsync(8 * 60_000 + 100));
      expect(within(running()).getByRole("button", { name: "Knee rehab follow-up" })).toBeVisible();
      expect(within(running()).getAllByText("30 min left")).toHaveLength(2);
      expect(listRequests(sandbox)).toHaveLength(before);
    });
  });

  describe("its filters", () => {
    it("asks for seven days at first, from twelve hours before the running hour", async () => {
      const { sandbox } = renderList();
      await ready();
      expect(listRequests(sandbox).map(({ query }) => query)).toEqual([
        {
          page: "0",
          page_size: "200",
          order: "forward",
          start_time: "2026-01-11T10:00:00.000Z",
          end_time: "2026-01-20T01:00:00.000Z",
        },
      ]);
    });

    it("finds names of sessions and people, without accents, in any order", async () => {
      const { user, sandbox } = renderList();
      await ready();
      await user.type(screen.getByRole("searchbox"), "wihongi tane");
      expect(rowNames()).toEqual(["Knee rehab follow-up"]);
      await user.clear(screen.getByRole("searchbox"));
      await enterText(user, screen.getByRole("searchbox"), "siobhan o'neill interp");
      expect(rowNames()).toEqual([interpreted]);
      expect(listRequests(sandbox)).toHaveLength(1);
    });

    it("announces the number of results once, half a second after the last key", async () => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const { user } = renderList();
      await ready();
      await act(() => vi.advanceTimersByTimeAsync(600));
      await act(() => vi.advanceTimersByTimeAsync(200));
      const status = screen.getByRole("status");
      const before = status.textContent;
      expect(before).toMatch(/^\d+ upcoming sessions$/);
      const announcements: string[] = [];
      new MutationObserver(() => announcements.push(status.textContent ?? "")).observe(status, {
        subtree: true,
        childList: true,
        characterData: true,
      });
      await user.type(screen.getByRole("searchbox"), "Tāne");
      expect(status).toHaveTextContent(before ?? "");
      await act(() => vi.advanceTimersByTimeAsync(600));
      await act(() => vi.advanceTimersByTimeAsync(200));
      expect(announcements).toEqual(["1 upcoming session"]);
    });

    it("says what it searched when nothing matches, and clears the search", async () => {
      const { user, root } = renderList();
      await ready();
      await enterText(user, screen.getByRole("searchbox"), "Wihongy");
      expect(screen.getByRole("heading", { name: "No upcoming session matches “Wihongy”" })).toBeVisible();
      expect(
        screen.getByText(/^Searched the names in \d+ loaded sessions\. Check the spelling, or look in Past\.$/),
      ).toBeVisible();
      expect(root).toHaveAttribute("data-state", "empty");
      await user.click(screen.getByRole("button", { name: "Clear search" }));
      expect(screen.getByRole("searchbox")).toHaveFocus();
      expect(screen.getByRole("searchbox")).toHaveValue("");
      expect(root).toHaveAttribute("data-state", "ready");
    });

    it("offers the hosts of loaded sessions and asks the server for the chosen one", async () => {
      const { user, sandbox } = renderList();
      await ready();
      const clinician = screen.getByRole("combobox", { name: "Clinician" });
      const names = () =>
        within(clinician)
          .getAllByRole("option")
          .map((option) => option.textContent);
      const everyone = ["All clinicians", "Dr Amara Okafor", "Dr Rajiv Menon", "Mei-Ling Chen", "Siobhán O’Neill"];
      expect(names()).toEqual(everyone);
      await user.selectOptions(clinician, "Mei-Ling Chen");
      await waitFor(() => expect(listRequests(sandbox).at(-1)?.query.state).toBe("clinician-chen"));
      for (const item of screen.getAllByRole("listitem")) expect(item).toHaveTextContent("Mei-Ling Chen");
      expect(names()).toEqual(everyone);
    });

    it("offers the people it was given instead", async () => {
      renderList({ people: [{ state: "clinician-menon", name: "Rajiv" }] });
      await ready();
      const options = within(screen.getByRole("combobox", { name: "Clinician" })).getAllByRole("option");
      expect(options.map((option) => option.textContent)).toEqual(["All clinicians", "Rajiv"]);
    });

    it("keeps matching rows visible while the filtered list loads", async () => {
      const { user, sandbox, root } = renderList();
      await ready();
      const request = sandbox.faults.hold({ operation: "getSessionPage" });
      await user.selectOptions(screen.getByRole("combobox", { name: "Clinician" }), "Mei-Ling Chen");
      await request.reached;
      expect(root).toHaveAttribute("data-state", "ready");
      for (const item of screen.getAllByRole("listitem")) expect(item).toHaveTextContent("Mei-Ling Chen");
      expect(screen.getByRole("tabpanel")).toHaveAttribute("aria-busy", "true");
      request.release();
      await waitFor(() => expect(screen.getByRole("tabpanel")).toHaveAttribute("aria-busy", "false"));
    });

    it("shows today only, then the days that are typed", async () => {
      const { user, sandbox } = renderList();
      await ready();
      const dates = screen.getByRole("combobox", { name: "Dates" });
      await user.selectOptions(dates, "Today");
      await waitFor(() => expect(headings()).toHaveLength(2));
      await user.selectOptions(dates, "Choose dates…");
      const last = within(screen.getByRole("group", { name: "Last day" }));
      expect(last.getByRole("textbox", { name: "Day" })).toHaveValue("12");
      await user.clear(last.getByRole("textbox", { name: "Day" }));
      await user.type(last.getByRole("textbox", { name: "Day" }), "13");
      await waitFor(() => expect(headings().at(-1)).toMatch(/^Tomorrow/));
      // What is known of tomorrow is there before the rest has been asked for.
      await waitFor(() => expect(listRequests(sandbox).at(-1)?.query.end_time).toBe("2026-01-14T01:00:00.000Z"));
    });

    it("reports a day that does not exist and keeps the rows", async () => {
      const { user } = renderList();
      await ready();
      await user.selectOptions(screen.getByRole("combobox", { name: "Dates" }), "Choose dates…");
      const first = within(screen.getByRole("group", { name: "First day" }));
      await user.clear(first.getByRole("textbox", { name: "Day" }));
      await user.type(first.getByRole("textbox", { name: "Day" }), "32");
      expect(screen.getByText("There is no such day")).toBeVisible();
      expect(screen.getAllByRole("listitem").length).toBeGreaterThan(0);
    });

    it.each(["26", "123", ""])("asks for a whole year once a day with the year “%s” is left", async (typed) => {
      const { user } = renderList();
      await ready();
      await user.selectOptions(screen.getByRole("combobox", { name: "Dates" }), "Choose dates…");
      const first = screen.getByRole("group", { name: "First day" });
      const year = within(first).getByRole("textbox", { name: "Year" });
      await user.clear(year);
      if (typed) await user.type(year, typed);
      expect(first).not.toHaveAccessibleDescription();
      await user.click(screen.getByRole("searchbox"));
      expect(first).toHaveAccessibleDescription("Enter a year such as 2026");
    });

    it("accepts days in reverse order as the same range", async () => {
      const { user, sandbox } = renderList({ defaultView: "past" });
      await ready();
      await user.selectOptions(screen.getByRole("combobox", { name: "Dates" }), "Choose dates…");
      const last = within(screen.getByRole("group", { name: "Last day" }));
      await user.clear(last.getByRole("textbox", { name: "Day" }));
      await user.type(last.getByRole("textbox", { name: "Day" }), "1");
      await waitFor(() => expect(listRequests(sandbox).at(-1)?.query.start_time).toBe("2025-12-31T13:00:00.000Z"));
      for (const { query, status } of listRequests(sandbox)) {
        expect(status).toBe(200);
        expect(Date.parse(query.start_time ?? "")).toBeLessThan(Date.parse(query.end_time ?? ""));
      }
    });

    it("names the filters as the reason when they leave nothing, and clears them", async () => {
      const { user } = renderList({ people: [{ state: "nobody", name: "Nobody" }] });
      await ready();
      await user.selectOptions(screen.getByRole("combobox", { name: "Clinician" }), "Nobody");
      await screen.findByRole("heading", { name: "No upcoming session matches these filters" });
      await user.click(screen.getByRole("button", { name: "Clear filters" }));
      await ready();
      expect(screen.getByRole("combobox", { name: "Clinician" })).toHaveDisplayValue("All clinicians");
    });
  });

  describe("more than one page", () => {
    it("pages by whole days, announces the rows and moves the focus to the first one", async () => {
      const { user } = await renderMany();
      const pages = screen.getByRole("navigation", { name: "Pages of sessions" });
      // From 10:52 am today: 14 of them, then two days of 24.
      expect(reviews()).toHaveLength(62);
      expect(pages).toHaveTextContent("Showing 1 to 62 of 200");
      await user.click(next());
      expect(document.activeElement).toHaveTextContent("Review 63");
      expect(pages).toHaveTextContent("Showing 63 to 134 of 200");
      expect(headings()).toHaveLength(3);
      await waitFor(() =>
        expect(document.querySelector("[role=status]")).toHaveTextContent(
          "200 upcoming sessions so far. Showing 63 to 134 of 200",
        ),
      );
      // At the head of the rows the focus stays, to go on turning.
      const previous = within(pages).getByRole("button", { name: "Previous" });
      await user.click(previous);
      expect(pages).toHaveTextContent("Showing 1 to 62 of 200");
      expect(previous).toHaveFocus();
      expect(previous).toHaveAttribute("aria-disabled", "true");
      expect(previous).toHaveAccessibleDescription("Showing 1 to 62 of 200");
    });

    it(
      "loads the next page on request, announces the count and moves the focus to the first new row",
      react18,
      async () => {
        const { user, sandbox } = await renderMany();
        await toTheLastPage(user);
        await user.click(more());
        await waitFor(() => expect(document.activeElement).toHaveTextContent("Review 201"));
        await waitFor(() => expect(document.querySelector("[role=status]")).toHaveTextContent("250 upcoming sessions"));
        await toTheLastPage(user);
        expect(reviews().at(-1)).toHaveTextContent("Review 250");
        expect(screen.queryByText("Load more")).not.toBeInTheDocument();
        await waitFor(() => expect(listRequests(sandbox).at(-1)?.query.page).toBe("1"));
      },
    );

    it("does not say that there is nothing while there is more to read", async () => {
      const { user } = await renderMany();
      await user.click(screen.getByText("Canceled"));
      await user.selectOptions(screen.getByLabelText("Dates"), "30 days back and ahead");
      expect(await screen.findByText("No canceled session so far")).toBeVisible();
      await user.click(more());
      expect(await screen.findByText("No canceled session matches these filters")).toBeVisible();
      await waitFor(() => expect(screen.getByRole("tabpanel")).toHaveFocus());
    });

    it("keeps the rows when the next page fails, and retries on request", async () => {
      const { user, sandbox } = await renderMany();
      await toTheLastPage(user);
      const before = reviews().length;
      sandbox.faults.next({ operation: "getSessionPage", status: 403 });
      await user.click(more());
      expect(await screen.findByText("You’re not allowed to do this")).toBeVisible();
      expect(reviews()).toHaveLength(before);
      await user.click(more());
      expect(await counted("250 upcoming sessions")).toBeVisible();
    });

    it("leaves the notice of a failed next page in its place while the list is read again", async () => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const { user, sandbox } = await renderMany();
      await toTheLastPage(user);
      sandbox.faults.next({ operation: "getSessionPage", status: 403 });
      await user.click(more());
      const notice = await screen.findByText("You’re not allowed to do this");
      await act(() => vi.advanceTimersByTimeAsync(16_000));
      const refetch = sandbox.faults.hold({ operation: "getSessionPage" });
      act(() => void document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
      await refetch.reached;
      await act(() => vi.advanceTimersByTimeAsync(100));
      expect(screen.getByText("You’re not allowed to do this")).toBe(notice);
      refetch.release();
      await waitFor(() => expect(notice).not.toBeInTheDocument());
    });

    it("leaves the notice of a failed refresh in its place while the next page is read", async () => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const { user, sandbox } = await renderMany();
      await toTheLastPage(user);
      await act(() => vi.advanceTimersByTimeAsync(16_000));
      sandbox.faults.next({ operation: "getSessionPage", status: 403 });
      act(() => void document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
      const notice = await screen.findByText("You’re not allowed to do this");
      const nextPage = sandbox.faults.hold({ operation: "getSessionPage" });
      await user.click(more());
      await nextPage.reached;
      await act(() => vi.advanceTimersByTimeAsync(100));
      expect(notice).toBeInTheDocument();
      nextPage.release();
      expect(await counted("250 upcoming sessions")).toBeVisible();
    });

    it("reads old pages again when it loads more, so that all data has the shown age", async () => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const { user, sandbox } = await renderMany();
      await toTheLastPage(user);
      const { content } = await listSessions(createCoviuClient(sandbox));
      await cancelSession(createCoviuClient(sandbox), content[0]?.session_id ?? "");
      await act(() => vi.advanceTimersByTimeAsync(16_000));
      await user.click(more());
      expect(await counted("249 upcoming sessions")).toBeVisible();
    });

    it("sends one request however often the button is pressed", async () => {
      const { user, sandbox } = await renderMany();
      await toTheLastPage(user);
      const before = listRequests(sandbox).length;
      await user.dblClick(more());
      await counted("250 upcoming sessions");
      expect(listRequests(sandbox)).toHaveLength(before + 1);
    });

    it("begins at the first row again with other filters and with a search", async () => {
      const { user } = await renderMany();
      await user.click(next());
      await user.type(screen.getByRole("searchbox"), "Review");
      expect(reviews()[0]).toHaveTextContent(/^Review 1$/);
      expect(screen.getByRole("searchbox")).toHaveFocus();
    });

    it("opens at the page of the selected session, and can leave it", async () => {
      const sandbox = createSandbox({ now: testNow, seed: 150 });
      const { content } = await listSessions(createCoviuClient(sandbox));
      const { user } = renderList({ selectedId: content[99]?.session_id }, { sandbox });
      await ready();
      expect(screen.getByText("Review 100").closest("button")).toHaveAttribute("aria-current", "true");
      await user.click(screen.getByLabelText("Previous"));
      expect(screen.queryByText("Review 100")).not.toBeInTheDocument();
    });
  });

  it("uses the given messages for every text", async () => {
    renderList({
      messages: { views: { upcoming: "Demnächst", active: "Jetzt", past: "Vorbei", canceled: "Abgesagt" } },
    });
    expect(screen.getByRole("tab", { name: /Demnächst/ })).toBeVisible();
    await ready();
  });
});
