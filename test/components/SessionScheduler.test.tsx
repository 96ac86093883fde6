import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { createCoviuClient } from "../../src/api/client.ts";
import type { Session } from "../../src/api/schemas.ts";
import { listSessions } from "../../src/api/sessions.ts";
import { ConnectionBanner } from "../../src/components/ConnectionBanner/ConnectionBanner.tsx";
import {
  SessionScheduler,
  type SessionSchedulerProps,
} from "../../src/components/SessionScheduler/SessionScheduler.tsx";
import { SessionSchedulerDialog } from "../../src/components/SessionScheduler/SessionSchedulerDialog.tsx";
import { createSandbox } from "../../src/sandbox/index.ts";
import { recordAnnouncements } from "../announcements.ts";
import { conforms } from "../conformance.tsx";
import { enterText } from "../enterText.ts";
import { renderWithCoviu, type RenderSettings, testNow } from "../render.tsx";
import { react18 } from "../tags.ts";

type View = ReturnType<typeof renderWithCoviu>;

function renderForm(props: SessionSchedulerProps = {}, settings?: RenderSettings) {
  return renderWithCoviu(<SessionScheduler {...props} />, settings);
}

/** Write requests that the API received. */
function writes({ sandbox }: Pick<View, "sandbox">) {
  return sandbox.log.entries().filter(({ operation, method }) => operation !== "token" && method !== "GET");
}

function posts(view: Pick<View, "sandbox">) {
  return view.sandbox.log.count({ operation: "createSession" });
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const bookButton = () => screen.getByRole("button", { name: "Book session" });
const summaryName = { name: /to fix before (booking|saving)$/ };
const getSummary = () => screen.getByRole("group", summaryName);
const querySummary = () => screen.queryByRole("group", summaryName);

async function retype(user: View["user"], name: string, text: string) {
  await enterText(user, field(name), text);
}

async function fillIn(user: View["user"]) {
  await enterText(user, field("Session name"), "Knee rehab");
  await enterText(user, field("Name of person 1"), "Dr Amara Okafor");
}

async function setDate(user: View["user"], day: string, month: string, year = "2026") {
  await retype(user, "Day", day);
  await retype(user, "Month", month);
  await retype(user, "Year", year);
}

/** A session of the seed that is scheduled, active, or over at the tests' clock. */
async function seeded(status: "scheduled" | "active" | "ended", sandbox = createSandbox({ now: testNow })) {
  const client = createCoviuClient(sandbox);
  const { content } = await listSessions(client, { page_size: 200, start_time: "2026-01-10T00:00:00Z" });
  const now = Date.parse(testNow);
  const session = content.find(({ start_time, end_time }) => {
    const [start, end] = [Date.parse(start_time), Date.parse(end_time)];
    return status === "scheduled" ? start > now : status === "active" ? start <= now && end > now : end <= now;
  });
  if (!session) throw new Error(`The seed has no ${status} session`);
  sandbox.log.clear();
  return { sandbox, client, session };
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("SessionScheduler", () => {
  conforms<HTMLDivElement>((props) => <SessionScheduler {...props} />);

  it("starts with today, the next quarter of an hour, 30 minutes, a host and a guest", () => {
    const { container } = renderForm();
    expect([field("Day"), field("Month"), field("Year")].map((input) => input)).toHaveLength(3);
    expect(field("Day")).toHaveValue("12");
    expect(field("Month")).toHaveValue("1");
    expect(field("Year")).toHaveValue("2026");
    expect(field("Start")).toHaveValue("10:15 am");
    expect(screen.getByRole("radio", { name: "30 min" })).toBeChecked();
    expect(screen.getByRole("combobox", { name: "Role of person 1" })).toHaveDisplayValue("Host");
    expect(screen.getByRole("combobox", { name: "Role of person 2" })).toHaveDisplayValue("Guest");
    expect(container.querySelector("[role=form]")).toHaveAttribute("data-state", "ready");
  });

  it("orders day, month and year as the locale does", () => {
    renderForm({}, { locale: "en-US" });
    const parts = screen.getAllByRole("textbox").map((input) => input.getAttribute("id"));
    const order = [field("Month"), field("Day"), field("Year")].map((input) => parts.indexOf(input.id));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it("books with one request in the clinic's zone, trimmed, without empty fields", react18, async () => {
    const onScheduled = vi.fn<(session: Session) => void>();
    const view = renderForm({ onScheduled });
    const { user } = view;
    await enterText(user, field("Session name"), "  Knee rehab ");
    await setDate(user, "3", "8");
    await retype(user, "Start", "9:30 pm");
    await user.click(screen.getByRole("radio", { name: "45 min" }));
    await enterText(user, field("Name of person 1"), "Dr Amara Okafor");
    await enterText(user, field("Name of person 2"), "Tāne Wihongi ");
    await user.click(screen.getByRole("button", { name: "More about Tāne Wihongi" }));
    await enterText(user, field("Your reference"), "patient-7");
    await user.click(bookButton());
    await waitFor(() => expect(onScheduled).toHaveBeenCalledOnce());
    expect(writes(view).map(({ body }) => body)).toEqual([
      {
        session_name: "Knee rehab",
        start_time: "2026-08-03T11:30:00.000Z",
        end_time: "2026-08-03T12:15:00.000Z",
        participants: [
          { display_name: "Dr Amara Okafor", role: "HOST" },
          { display_name: "Tāne Wihongi", role: "GUEST", state: "patient-7" },
        ],
      },
    ]);
    expect(onScheduled.mock.calls[0]?.[0]).toMatchObject({ session_name: "Knee rehab" });
  });

  it("announces the booking and resets the form", async () => {
    const { user } = renderForm();
    await enterText(user, field("Session name"), "Knee rehab");
    await setDate(user, "13", "1");
    await enterText(user, field("Name of person 1"), "Dr Amara Okafor");
    await enterText(user, field("Name of person 2"), "Ana Lee");
    await user.click(screen.getByRole("button", { name: "Add a person" }));
    await enterText(user, field("Name of person 3"), "Kwame Mensah");
    await user.click(bookButton());
    await waitFor(() =>
      expect(screen.getByRole("status")).toHaveTextContent(
        /^Session booked\. Tuesday 13 January, 10:15\sam, Sydney time\. 3 links are ready to send\.$/,
      ),
    );
    expect(field("Session name")).toHaveValue("");
    expect(field("Name of person 1")).toHaveValue("");
    expect(screen.queryByRole("textbox", { name: "Name of person 3" })).not.toBeInTheDocument();
    expect(bookButton()).toHaveFocus();
    await enterText(user, field("Session name"), "N");
    expect(screen.queryByText(/Session booked/)).not.toBeInTheDocument();
  });

  it("books one after another", async () => {
    const view = renderForm();
    for (const count of [1, 2]) {
      await fillIn(view.user);
      await view.user.keyboard("{Enter}");
      await waitFor(() => expect(posts(view)).toBe(count));
      await waitFor(() => expect(field("Session name")).toHaveValue(""));
    }
  });

  it("replaces single texts by `messages`", () => {
    renderForm({ messages: { book: "Buchen" } });
    expect(screen.getByRole("button", { name: "Buchen" })).toBeVisible();
    expect(field("Session name")).toBeVisible();
  });

  it("shows the typed times in full, in the clinic's zone and in the viewer's", async () => {
    const resolved = new Intl.DateTimeFormat().resolvedOptions();
    vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockReturnValue({
      ...resolved,
      timeZone: "Europe/London",
    });
    const { user } = renderForm();
    await setDate(user, "3", "8");
    await retype(user, "Start", "10");
    await waitFor(() =>
      expect(screen.getByRole("status")).toHaveTextContent(
        /^Monday 3 August 2026, 10:00 – 10:30\sam, Sydney time \(AEST, UTC\+10\)\. Monday 3 August, 1:00 – 1:30\sam in London \((BST|UTC\+1)\)$/,
      ),
    );
    await retype(user, "Start", "8 am");
    expect(screen.getByText(/^Sunday 2 August, 11:00 – 11:30\spm in London \(.+\), the day before$/)).toBeVisible();
  });

  it("shows no second zone if clocks there show the same time", () => {
    const resolved = new Intl.DateTimeFormat().resolvedOptions();
    vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockReturnValue({
      ...resolved,
      timeZone: "Australia/Melbourne",
    });
    renderForm();
    expect(screen.getByText(/Sydney time \(/)).toBeVisible();
    expect(screen.queryByText(/Melbourne/)).not.toBeInTheDocument();
  });

  it("sends a typed end instead of a duration", async () => {
    const view = renderForm();
    const { user } = view;
    await fillIn(user);
    await user.click(screen.getByRole("radio", { name: "Other" }));
    expect(field("End")).toHaveValue("10:45 am");
    await retype(user, "End", "11:40");
    await user.click(bookButton());
    await waitFor(() => expect(posts(view)).toBe(1));
    expect(writes(view)[0]?.body).toMatchObject({ end_time: "2026-01-12T00:40:00.000Z" });
  });

  it("sends the session's picture and flags, one per line", async () => {
    const view = renderForm();
    const { user } = view;
    await fillIn(user);
    expect(screen.queryByRole("textbox", { name: "Feature flags" })).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "More options" }));
    await enterText(user, field("Picture address of the session"), "https://pictures.example/a.png");
    await enterText(user, field("Feature flags"), "-plugin;chat\nsession;x");
    await user.click(bookButton());
    await waitFor(() => expect(posts(view)).toBe(1));
    expect(writes(view)[0]?.body).toMatchObject({
      picture: "https://pictures.example/a.png",
      feature_flags: ["-plugin;chat", "session;x"],
    });
  });

  it("starts with `defaultStart`", () => {
    renderForm({ defaultStart: "2026-02-01T03:00:00.000Z" });
    expect([field("Day"), field("Month")].map((input) => input)).toHaveLength(2);
    expect(field("Day")).toHaveValue("1");
    expect(field("Month")).toHaveValue("2");
    expect(field("Start")).toHaveValue("2:00 pm");
  });

  it("books a copy with its people, without their ids and links", async () => {
    const { session, sandbox, client } = await seeded("ended");
    const view = renderForm({ copyOf: session }, { sandbox, client });
    expect(field("Session name")).toHaveValue(session.session_name);
    await view.user.click(bookButton());
    await waitFor(() => expect(posts(view)).toBe(1));
    const sent = JSON.stringify(writes(view)[0]?.body);
    for (const { display_name, participant_id, entry_url } of session.participants ?? []) {
      expect(sent).toContain(display_name);
      expect(sent).not.toContain(participant_id);
      expect(sent).not.toContain(entry_url);
    }
  });

  describe("with something to fix", () => {
    it("sends nothing, focuses the summary and links to each field", async () => {
      const view = renderForm();
      const { user } = view;
      await retype(user, "Start", "9:15");
      await enterText(user, field("Name of person 1"), "Dr Amara Okafor");
      await user.click(screen.getByRole("button", { name: "More about person 2" }));
      await enterText(user, field("Your reference"), "patient-7");
      expect(querySummary()).not.toBeInTheDocument();
      await user.click(bookButton());
      const summary = getSummary();
      expect(summary).toHaveFocus();
      expect(summary).toHaveAccessibleName("3 things to fix before booking");
      expect(summary).toHaveAccessibleDescription(/^Enter a session name .* or remove the row$/);
      expect(
        within(summary)
          .getAllByRole("link")
          .map((link) => link.textContent?.replace(/\s/g, " ")),
      ).toEqual([
        "Enter a session name",
        "Choose a start after 9:52 am today",
        "Enter a name for person 2, or remove the row",
      ]);
      for (const [words, name] of [
        [/^Enter a session name$/, "Session name"],
        [/Choose a start after 9:52\sam today/, "Start"],
        [/^Enter a name for person 2, or remove the row$/, "Name of person 2"],
      ] as const) {
        await user.click(within(summary).getByRole("link", { name: words }));
        expect(field(name)).toHaveFocus();
        expect(field(name)).toBeInvalid();
        expect(field(name)).toHaveAccessibleDescription(words);
      }
      expect(writes(view)).toEqual([]);
      expect(field("Start")).toHaveValue("9:15");
      expect(field("Your reference")).toHaveValue("patient-7");
    });

    it("focuses the summary and announces it in no live region as well", async () => {
      const announcements = recordAnnouncements();
      const { user } = renderForm();
      await user.click(bookButton());
      expect(getSummary()).toHaveFocus();
      expect(getSummary().closest("[role=alert], [role=status], [aria-live]")).toBeNull();
      // Announcements follow after a pause in typing.
      await enterText(user, field("Session name"), "Knee rehab");
      await waitFor(() => expect(announcements.length).toBeGreaterThan(0));
      expect(screen.queryByRole("alert")).not.toBeInTheDocument();
      expect(announcements.filter((text) => /to fix|Enter a/.test(text))).toEqual([]);
    });

    it("clears a field as soon as it is right, without a new announcement", async () => {
      const { user } = renderForm();
      await user.click(bookButton());
      const summary = getSummary();
      const before = summary.textContent;
      await enterText(user, field("Session name"), "Knee rehab");
      expect(field("Session name")).toBeValid();
      expect(getSummary().textContent).toBe(before);
      await enterText(user, field("Name of person 1"), "Dr Amara Okafor");
      expect(querySummary()).not.toBeInTheDocument();
      // A time that is still being typed is not reported as a problem.
      await retype(user, "Start", "1");
      await retype(user, "Start", "11:");
      expect(querySummary()).not.toBeInTheDocument();
    });

    it.each<[string, (user: View["user"]) => Promise<void>, RegExp]>([
      [
        "a name of 10,000 characters",
        async (user) => {
          await user.click(field("Session name"));
          await user.paste("n".repeat(10_000));
        },
        /^Use at most 256 characters for the session name$/,
      ],
      ["a day that does not exist", (user) => setDate(user, "30", "2"), /^Enter a date that exists/],
      ["a start that is no time", (user) => retype(user, "Start", "soon"), /^Enter a start time, such as/],
      [
        "an end before the start",
        async (user) => {
          await user.click(screen.getByRole("radio", { name: "Other" }));
          await retype(user, "End", "9:30");
        },
        /^Choose an end after 10:15\sam$/,
      ],
      [
        "a picture that is a script",
        async (user) => {
          await user.click(screen.getByRole("button", { name: "More options" }));
          await enterText(user, field("Picture address of the session"), "javascript:alert(1)");
        },
        /^Enter a picture address that starts with https:\/\/$/,
      ],
    ])("keeps %s to itself", async (_, spoil, words) => {
      const view = renderForm();
      await enterText(view.user, field("Name of person 1"), "Dr Amara Okafor");
      await enterText(view.user, field("Session name"), "Knee rehab");
      await spoil(view.user);
      await view.user.click(bookButton());
      expect(
        within(getSummary())
          .getAllByRole("link")
          .map((link) => link.textContent),
      ).toEqual([expect.stringMatching(words)]);
      expect(writes(view)).toEqual([]);
      expect(field("Name of person 1")).toHaveValue("Dr Amara Okafor");
    });

    it("shows a problem with a person's picture even after its fields were closed", async () => {
      const { user } = renderForm();
      await fillIn(user);
      const more = screen.getByRole("button", { name: "More about Dr Amara Okafor" });
      await user.click(more);
      await enterText(user, field("Picture address"), "javascript:alert(1)");
      await user.click(more);
      expect(more).toHaveAttribute("aria-expanded", "false");
      await user.click(bookButton());
      await user.click(
        screen.getByRole("link", { name: "Enter a picture address for person 1 that starts with https://" }),
      );
      expect(field("Picture address")).toHaveFocus();
    });
  });

  describe("where clocks change", () => {
    it("asks which reading of a repeated time is meant, and chooses none in advance", async () => {
      const view = renderForm();
      const { user } = view;
      await fillIn(user);
      await setDate(user, "5", "4");
      await retype(user, "Start", "2:30");
      const question = screen.getByRole("group", { name: /^2:30\sam happens twice on Sunday 5 April\. Which one\?$/ });
      const [first, second] = within(question).getAllByRole("radio");
      expect(first).not.toBeChecked();
      expect(second).not.toBeChecked();
      expect(question).toHaveTextContent(
        /The first 2:30\sam.*\(AEDT, UTC\+11\).*The second 2:30\sam.*\(AEST, UTC\+10\)/,
      );
      await user.click(bookButton());
      await user.click(screen.getByRole("link", { name: /^Choose which 2:30\sam you mean$/ }));
      expect(first).toHaveFocus();
      expect(writes(view)).toEqual([]);
      await user.click(within(question).getByRole("radio", { name: /^The second/ }));
      await user.click(bookButton());
      await waitFor(() => expect(posts(view)).toBe(1));
      expect(writes(view)[0]?.body).toMatchObject({ start_time: "2026-04-04T16:30:00.000Z" });
    });

    it("offers the nearest times for a time that does not exist", async () => {
      const view = renderForm();
      const { user } = view;
      await fillIn(user);
      await setDate(user, "4", "10");
      await retype(user, "Start", "2:30 am");
      expect(field("Start")).toHaveAccessibleDescription(
        expect.stringMatching(/2:30\sam doesn’t exist on Sunday 4 October: clocks go from 2:00 to 3:00\sam\./),
      );
      await user.click(bookButton());
      expect(getSummary()).toHaveTextContent(/2:30\sam doesn’t exist on Sunday 4 October/);
      expect(writes(view)).toEqual([]);
      expect(screen.getByRole("button", { name: "Use 1:30 am" })).toBeVisible();
      await user.click(screen.getByRole("button", { name: "Use 3:30 am" }));
      expect(field("Start")).toHaveValue("3:30 am");
      expect(field("Start")).toHaveFocus();
      await user.click(bookButton());
      await waitFor(() => expect(posts(view)).toBe(1));
      expect(writes(view)[0]?.body).toMatchObject({ start_time: "2026-10-03T16:30:00.000Z" });
    });
  });

  describe("people", () => {
    it("moves the focus to an added row, and to the next one after removing", async () => {
      const { user } = renderForm();
      await user.click(screen.getByRole("button", { name: "Add a person" }));
      expect(field("Name of person 3")).toHaveFocus();
      expect(screen.getByRole("combobox", { name: "Role of person 3" })).toHaveDisplayValue("Guest");
      await user.click(screen.getByRole("button", { name: "Remove person 1" }));
      expect(field("Name of person 1")).toHaveFocus();
      expect(screen.getByRole("combobox", { name: "Role of person 1" })).toHaveDisplayValue("Guest");
      await user.click(screen.getByRole("button", { name: "Remove person 2" }));
      await user.click(screen.getByRole("button", { name: "Remove person 1" }));
      expect(screen.getByRole("button", { name: "Add a person" })).toHaveFocus();
    });

    it("labels the buttons of a row with the name of the person", async () => {
      const { user } = renderForm();
      await enterText(user, field("Name of person 2"), "Ana Lee");
      for (const name of ["Role of Ana Lee", "More about Ana Lee", "Remove Ana Lee"]) {
        expect(screen.getByLabelText(name)).toBeVisible();
      }
    });
  });

  it("sends one request for repeated clicks and Enter", async () => {
    const view = renderForm();
    const { sandbox, user } = view;
    await fillIn(user);
    const held = sandbox.faults.hold({ operation: "createSession" });
    await user.dblClick(bookButton());
    await user.type(field("Session name"), "{Enter}{Enter}");
    await held.reached;
    const button = screen.getByRole("button", { name: "Booking…" });
    expect(button).toHaveAttribute("aria-busy", "true");
    expect(button).toBeEnabled();
    await user.click(button);
    await act(async () => {
      held.release();
      await held.finished;
    });
    await screen.findByRole("button", { name: "Book session" });
    expect(posts(view)).toBe(1);
  });

  it.each<[string, { status: number; body: unknown }, RegExp]>([
    [
      "400 with a reason",
      { status: 400, body: { error: { message: "The clinic is closed." } } },
      /The service says: “The clinic is closed\.”/,
    ],
    ["404", { status: 404, body: {} }, /can’t be reached at this address/],
  ])("keeps everything after a %s, and can be sent again", async (_, fault, words) => {
    const view = renderForm();
    await fillIn(view.user);
    view.sandbox.faults.next({ operation: "createSession", ...fault });
    await view.user.click(bookButton());
    expect(await screen.findByRole("alert")).toHaveTextContent(words);
    expect(field("Session name")).toHaveValue("Knee rehab");
    expect(field("Name of person 1")).toHaveValue("Dr Amara Okafor");
    await view.user.click(bookButton());
    await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(/^Session booked/));
    expect(posts(view)).toBe(2);
  });

  it("announces a booking in progress after one second", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { user, sandbox } = renderForm();
    await fillIn(user);
    const request = sandbox.faults.hold({ operation: "createSession" });
    const announcements = recordAnnouncements();
    await user.click(bookButton());
    await request.reached;
    await act(() => vi.advanceTimersByTimeAsync(600));
    expect(announcements).not.toContain("Booking…");
    await act(() => vi.advanceTimersByTimeAsync(1500));
    expect(announcements).toContain("Booking…");
    request.release();
    await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(/^Session booked/));
  });

  it("shows an error while offline and sends nothing later without the user", async () => {
    const view = renderForm();
    await fillIn(view.user);
    view.sandbox.faults.offline(true);
    const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    await view.user.click(bookButton());
    expect(await screen.findByRole("alert")).toHaveTextContent(/You.re offline/);
    expect(field("Session name")).toHaveValue("Knee rehab");
    expect(bookButton()).toBeEnabled();
    online.mockRestore();
    view.sandbox.faults.offline(false);
    act(() => void window.dispatchEvent(new Event("online")));
    expect(view.sandbox.log.count()).toBe(0);
    await view.user.click(bookButton());
    await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(/^Session booked/));
    expect(posts(view)).toBe(1);
  });

  it("books if the browser wrongly reports that it is offline", async () => {
    const view = renderForm();
    await fillIn(view.user);
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    await view.user.click(bookButton());
    await waitFor(() => expect(posts(view)).toBe(1));
  });

  describe("when a booking gets no response", () => {
    const checks = () => act(() => vi.advanceTimersByTimeAsync(6100));

    async function loseAnswer(cut: "after-commit" | "before-commit", props: SessionSchedulerProps = {}) {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const view = renderForm(props);
      await fillIn(view.user);
      view.sandbox.faults.next({ operation: "createSession", cut });
      await view.user.click(bookButton());
      return view;
    }

    async function loseBooking(props?: SessionSchedulerProps) {
      const view = await loseAnswer("before-commit", props);
      await checks();
      const notice = await screen.findByRole("alert");
      expect(notice).toHaveTextContent(
        "We couldn’t confirm this bookingThe connection was lost before an answer came. It may or may not be booked. Everything you entered is still here.",
      );
      // Edits now would be lost if the first one is found.
      expect(screen.getByRole("textbox", { name: "Session name" })).toBeDisabled();
      expect(screen.getByRole("button", { name: "Check again" })).toHaveFocus();
      expect(field("Session name")).toHaveValue("Knee rehab");
      return view;
    }

    /** The lost request arrives later. */
    function arrives({ client }: View, people = "Dr Amara Okafor") {
      return client.http.post("sessions", {
        json: {
          session_name: "Knee rehab",
          start_time: "2026-01-11T23:15:00Z",
          end_time: "2026-01-11T23:45:00Z",
          participants: [{ display_name: people, role: "HOST" }],
        },
      });
    }

    it("finds the booking by checking, and books only once", react18, async () => {
      const onScheduled = vi.fn<(session: Session) => void>();
      const view = await loseAnswer("after-commit", { onScheduled });
      await waitFor(() => expect(onScheduled).toHaveBeenCalledOnce());
      expect(onScheduled.mock.calls[0]?.[0]).toMatchObject({ session_name: "Knee rehab" });
      await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(/^Session booked/));
      expect(screen.queryByRole("alert")).not.toBeInTheDocument();
      const { content } = await listSessions(view.client, { page_size: 200, start_time: "2026-01-11T23:15:00Z" });
      expect(content.filter(({ session_name }) => session_name === "Knee rehab")).toHaveLength(1);
    });

    it("announces the check, keeps the focus and accepts no edits meanwhile", async () => {
      const view = await loseAnswer("before-commit");
      await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("Checking whether it was booked…"));
      expect(screen.getByRole("button", { name: "Checking…" })).toHaveFocus();
      expect(screen.getByText(/^No clear answer came, so we are looking for the booking/)).toBeVisible();
      expect(screen.getByRole("textbox", { name: "Session name" })).toBeDisabled();
      await view.user.click(screen.getByRole("button", { name: "Checking…" }));
      await checks();
      await screen.findByRole("button", { name: "Check again" });
      expect(posts(view)).toBe(0);
    });

    it("moves the focus from a disabled field to the submit button", async () => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const view = renderForm();
      await fillIn(view.user);
      view.sandbox.faults.next({ operation: "createSession", cut: "before-commit" });
      await view.user.click(field("Session name"));
      fireEvent.keyDown(field("Session name"), { key: "Enter" });
      await waitFor(() => expect(screen.getByRole("button", { name: "Checking…" })).toHaveFocus());
      await checks();
    });

    it("finds a booking that arrived late on *Check again*", async () => {
      const onScheduled = vi.fn<(session: Session) => void>();
      const view = await loseBooking({ onScheduled });
      await arrives(view);
      await view.user.click(screen.getByRole("button", { name: "Check again" }));
      await waitFor(() => expect(onScheduled).toHaveBeenCalledOnce());
      await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(/^Session booked/));
      expect(screen.queryByRole("alert")).not.toBeInTheDocument();
      expect(field("Session name")).toHaveFocus();
      expect(posts(view)).toBe(1);
    });

    it("checks again when the browser is back online", async () => {
      const view = await loseBooking();
      await arrives(view);
      act(() => void window.dispatchEvent(new Event("online")));
      await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(/^Session booked/));
      expect(posts(view)).toBe(1);
    });

    it.each([
      ["an unclear answer", { status: 500 }],
      ["a page of HTML", { status: 200, body: "<title>Sign in</title>" }],
    ] as const)("does not say that the connection was lost after %s", async (_, fault) => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const view = renderForm();
      await fillIn(view.user);
      view.sandbox.faults.next({ operation: "createSession", ...fault });
      await view.user.click(bookButton());
      await checks();
      expect(await screen.findByRole("alert")).toHaveTextContent(
        "We couldn’t confirm this bookingNo clear answer came. It may or may not be booked. Everything you entered is still here.",
      );
    });

    it("says that a check found nothing, and books on *Book anyway*", async () => {
      const onScheduled = vi.fn<(session: Session) => void>();
      const view = await loseBooking({ onScheduled });
      await view.user.keyboard("{Enter}");
      expect(await screen.findByText(/^We looked again, and it isn’t there so far/)).toBeVisible();
      expect(onScheduled).not.toHaveBeenCalled();
      expect(screen.getByRole("button", { name: "Check again" })).toHaveFocus();
      await view.user.dblClick(screen.getByRole("button", { name: "Book anyway" }));
      await waitFor(() => expect(onScheduled).toHaveBeenCalledOnce());
      expect(writes(view)).toHaveLength(1);
    });

    it("does not say that it checked if the check failed", async () => {
      const view = await loseBooking();
      view.sandbox.faults.next({ operation: "getSessionPage", status: 400 });
      await view.user.keyboard("{Enter}");
      expect(await screen.findByText("We couldn’t look for the booking")).toBeVisible();
      expect(screen.queryByText(/^We looked again/)).not.toBeInTheDocument();
    });

    it("books on *Book anyway* only if one more check finds nothing", async () => {
      const onScheduled = vi.fn<(session: Session) => void>();
      const view = await loseBooking({ onScheduled });
      await arrives(view);
      await view.user.click(screen.getByRole("button", { name: "Book anyway" }));
      await waitFor(() => expect(onScheduled).toHaveBeenCalledOnce());
      expect(posts(view)).toBe(1);
    });

    it("says that the last check failed, and books on the next press", async () => {
      const view = await loseBooking();
      view.sandbox.faults.next({ operation: "getSessionPage", status: 400, times: Infinity });
      await view.user.click(screen.getByRole("button", { name: "Book anyway" }));
      expect(await screen.findByText("We couldn’t look for the booking")).toBeVisible();
      expect(posts(view)).toBe(0);
      expect(field("Session name")).toHaveValue("Knee rehab");
      await view.user.click(screen.getByRole("button", { name: "Book anyway" }));
      await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(/^Session booked/));
      expect(posts(view)).toBe(1);
    });

    it("shows a duplicate if the first booking arrives later, and cancels one of them", async () => {
      const view = await loseBooking();
      await view.user.click(screen.getByRole("button", { name: "Book anyway" }));
      await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(/^Session booked/));
      await enterText(view.user, field("Session name"), "The next one");
      await arrives(view);
      expect(screen.queryByText("This session is booked twice")).not.toBeInTheDocument();
      await act(() => vi.advanceTimersByTimeAsync(30_000));
      expect(await screen.findByText("This session is booked twice")).toBeVisible();
      await view.user.click(screen.getByRole("button", { name: "Cancel one of them" }));
      await view.user.click(await screen.findByRole("button", { name: /^Cancel 10:15\sam$/ }));
      await waitFor(() => expect(screen.queryByText("This session is booked twice")).not.toBeInTheDocument());
      const { content } = await listSessions(view.client, { page_size: 200, start_time: "2026-01-11T23:15:00Z" });
      expect(content.filter(({ session_name }) => session_name === "Knee rehab")).toHaveLength(1);
      expect(field("Session name")).toHaveValue("The next one");
    });

    it("does not mistake a session of other people for the booking", async () => {
      const view = await loseBooking();
      await arrives(view, "Somebody else");
      await view.user.click(screen.getByRole("button", { name: "Check again" }));
      expect(await screen.findByText(/^We looked again, and it isn’t there so far/)).toBeVisible();
    });

    it("checks again on Enter and does not book", async () => {
      const view = await loseBooking();
      view.sandbox.log.clear();
      fireEvent.keyDown(field("Session name"), { key: "Enter" });
      await waitFor(() => expect(view.sandbox.log.count({ operation: "getSessionPage" })).toBe(1));
      expect(posts(view)).toBe(0);
    });

    it("warns before discarding that the session may be booked", async () => {
      const view = await loseBooking();
      await view.user.click(screen.getByRole("button", { name: "Discard" }));
      expect(await screen.findByRole("alertdialog")).toHaveTextContent("It may be booked all the same");
    });
  });

  it("asks before typed fields are discarded", async () => {
    const onDiscard = vi.fn<() => void>();
    const { user } = renderForm({ onDiscard });
    await fillIn(user);
    await user.click(screen.getByRole("button", { name: "Discard" }));
    const question = await screen.findByRole("alertdialog", { name: "Discard this booking?" });
    expect(question).toHaveTextContent("The name, time and 1 person you entered will be lost.");
    expect(screen.getByRole("button", { name: "Keep editing" })).toHaveFocus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(question).not.toBeInTheDocument());
    expect(field("Session name")).toHaveValue("Knee rehab");
    expect(onDiscard).not.toHaveBeenCalled();
    await user.click(screen.getByRole("button", { name: "Discard" }));
    await user.click(await screen.findByRole("button", { name: "Discard booking" }));
    expect(onDiscard).toHaveBeenCalledOnce();
    expect(field("Session name")).toHaveValue("");
  });

  it("can be done with the keyboard alone", async () => {
    const view = renderForm();
    const { user } = view;
    await user.tab();
    expect(field("Session name")).toHaveFocus();
    await user.keyboard(
      "Knee rehab{Tab}13{Tab}1{Tab}2026{Tab}10{Tab}{ArrowRight}{Tab}Dr Amara Okafor{Tab}{Tab}{Tab}{Tab}Ana Lee{Enter}",
    );
    await waitFor(() => expect(posts(view)).toBe(1));
    expect(writes(view)[0]?.body).toMatchObject({
      session_name: "Knee rehab",
      start_time: "2026-01-12T23:00:00.000Z",
      end_time: "2026-01-12T23:45:00.000Z",
      participants: [
        { display_name: "Dr Amara Okafor", role: "HOST" },
        { display_name: "Ana Lee", role: "GUEST" },
      ],
    });
  });
});

describe("SessionScheduler of an existing session", () => {
  async function renderEdit(status: "scheduled" | "active" | "ended", props: SessionSchedulerProps = {}) {
    const { sandbox, client, session } = await seeded(status);
    const view = renderForm({ sessionId: session.session_id, ...props }, { sandbox, client });
    await screen.findByRole("textbox", { name: "Session name" });
    return { ...view, session };
  }

  it("is pending, then ready, and offers a retry after a failed read", async () => {
    const { sandbox, client, session } = await seeded("scheduled");
    sandbox.faults.next({ operation: "getSessionById", status: 503, times: 3 });
    const { container, user } = renderForm({ sessionId: session.session_id }, { sandbox, client });
    const form = container.querySelector("[role=form]");
    expect(form).toHaveAttribute("data-state", "pending");
    await waitFor(() => expect(form).toHaveAttribute("data-state", "error"));
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("textbox", { name: "Session name" })).toHaveValue(session.session_name);
    expect(form).toHaveAttribute("data-state", "ready");
  });

  it("moves a session with its length and sends no other field", async () => {
    const onScheduled = vi.fn<(session: Session) => void>();
    const view = await renderEdit("scheduled", { onScheduled });
    const { user, session } = view;
    expect(screen.queryByRole("textbox", { name: "Name of person 1" })).not.toBeInTheDocument();
    const length = Date.parse(session.end_time) - Date.parse(session.start_time);
    expect(screen.getByRole("button", { name: "Save changes" })).toBeVisible();
    await setDate(user, "20", "1");
    await retype(user, "Start", "4 pm");
    await user.click(screen.getByRole("button", { name: "Move session" }));
    await waitFor(() => expect(onScheduled).toHaveBeenCalledOnce());
    const start = Date.parse("2026-01-20T05:00:00.000Z");
    expect(writes(view).map(({ method, body }) => [method, body])).toEqual([
      ["PUT", { start_time: new Date(start).toISOString(), end_time: new Date(start + length).toISOString() }],
    ]);
    await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(/^Changes saved\.$/));
  });

  it("sends only a changed name", async () => {
    const view = await renderEdit("scheduled");
    await retype(view.user, "Session name", "Hand rehab");
    await view.user.click(screen.getByRole("button", { name: "Save changes" }));
    await waitFor(() => expect(writes(view)).toHaveLength(1));
    expect(writes(view)[0]?.body).toEqual({ session_name: "Hand rehab" });
  });

  it("sends nothing without changes", async () => {
    const onScheduled = vi.fn<(session: Session) => void>();
    const view = await renderEdit("scheduled", { onScheduled });
    await view.user.click(screen.getByRole("button", { name: "Save changes" }));
    expect(onScheduled).toHaveBeenCalledOnce();
    expect(writes(view)).toEqual([]);
  });

  it("closes without a request on *Keep*", async () => {
    const onDiscard = vi.fn<() => void>();
    const { user, session } = await renderEdit("scheduled", { onDiscard });
    const before = field("Start").value;
    await retype(user, "Start", "4 pm");
    await user.click(screen.getByRole("button", { name: /^Keep \d+:\d\d\s[ap]m$/ }));
    expect(onDiscard).toHaveBeenCalledOnce();
    expect(field("Start")).toHaveValue(before);
    expect(session.start_time).toBeDefined();
  });

  it("changes only end and name of a session that has started", async () => {
    const view = await renderEdit("active");
    const { user, session } = view;
    expect(screen.getByText(/This session has started, so its start can’t change\./)).toBeVisible();
    for (const name of ["Day", "Month", "Year", "Start"]) expect(field(name)).toHaveAttribute("readonly");
    await user.click(screen.getByRole("radio", { name: "1 h" }));
    await user.click(screen.getByRole("button", { name: "Save changes" }));
    await waitFor(() => expect(writes(view)).toHaveLength(1));
    const end = new Date(Date.parse(session.start_time) + 3_600_000).toISOString();
    expect(writes(view)[0]?.body).toEqual({ end_time: end });
  });

  it("locks the start if the session starts while it is being moved", async () => {
    const { sandbox, client, session } = await seeded("scheduled");
    const view = renderForm({ sessionId: session.session_id }, { sandbox, client, now: () => sandbox.clock.now() });
    await screen.findByLabelText("Session name");
    await retype(view.user, "Session name", "Hand rehab");
    await retype(view.user, "Start", "4 pm");
    sandbox.clock.set(new Date(Date.parse(session.start_time) + 1000));
    act(() => void document.dispatchEvent(new Event("visibilitychange")));
    expect(screen.getByText(/This session has started, so its start can’t change\./)).toBeVisible();
    expect(field("Start")).toHaveAttribute("readonly");
    expect(field("Session name")).toHaveValue("Hand rehab");
    await view.user.click(screen.getByRole("button", { name: "Save changes" }));
    await waitFor(() => expect(writes(view)).toHaveLength(1));
    expect(writes(view)[0]?.body).toEqual({ session_name: "Hand rehab" });
  });

  it("explains why an ended session can't be changed, and sends nothing", async () => {
    const view = await renderEdit("ended");
    const reason = "This session has ended, so it can’t be changed. Book it again instead.";
    expect(screen.getByText(reason)).toBeVisible();
    for (const input of screen.getAllByRole("textbox")) expect(input).toHaveAttribute("readonly");
    const save = screen.getByRole("button", { name: "Save changes" });
    expect(save).toHaveAttribute("aria-disabled", "true");
    expect(save).toHaveAccessibleDescription(reason);
    await view.user.click(save);
    fireEvent.keyDown(field("Session name"), { key: "Enter" });
    expect(writes(view)).toEqual([]);
  });

  it("keeps typed fields after a refusal and shows the stored session", async () => {
    const view = await renderEdit("scheduled");
    await retype(view.user, "Session name", "Hand rehab");
    view.sandbox.faults.next({ operation: "updateSession", status: 400, body: { error: { message: "Not today." } } });
    await view.user.click(screen.getByRole("button", { name: "Save changes" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("The service says: “Not today.”");
    expect(field("Session name")).toHaveValue("Hand rehab");
    await view.user.click(screen.getByRole("button", { name: "Save changes" }));
    await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(/^Changes saved\.$/));
  });
});

describe("SessionSchedulerDialog", () => {
  function Opener(props: SessionSchedulerProps) {
    const [open, setOpen] = useState(false);
    return (
      <>
        <button type="button" onClick={() => setOpen(true)}>
          Open
        </button>
        <SessionSchedulerDialog {...props} open={open} onOpenChange={setOpen} />
      </>
    );
  }

  async function openDialog(props: SessionSchedulerProps = {}) {
    const view = renderWithCoviu(<Opener {...props} />);
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "Open" }));
    const dialog = await screen.findByRole("dialog", { name: "Book a session" });
    return { ...view, user, dialog };
  }

  it("opens with the focus on the name", async () => {
    await openDialog();
    expect(field("Session name")).toHaveFocus();
  });

  it("closes after booking, returns the focus and announces the booking", async () => {
    const onScheduled = vi.fn<(session: Session) => void>();
    const { user, dialog } = await openDialog({ onScheduled });
    await fillIn(user);
    await user.click(bookButton());
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(onScheduled).toHaveBeenCalledOnce();
    await waitFor(() => expect(screen.getByRole("button", { name: "Open" })).toHaveFocus());
  });

  it("closes without a question if nothing was typed", async () => {
    const { user, dialog } = await openDialog();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
  });

  it("asks before typed fields are lost, for every way of closing", async () => {
    const { user, dialog } = await openDialog();
    await fillIn(user);
    for (const close of [
      () => user.keyboard("{Escape}"),
      () => user.click(screen.getByRole("button", { name: "Close book a session" })),
      () => user.click(screen.getByRole("button", { name: "Discard" })),
    ]) {
      await close();
      const question = await screen.findByRole("alertdialog", { name: "Discard this booking?" });
      expect(screen.getByRole("button", { name: "Keep editing" })).toHaveFocus();
      await user.click(screen.getByRole("button", { name: "Keep editing" }));
      await waitFor(() => expect(question).not.toBeInTheDocument());
      expect(field("Session name")).toHaveValue("Knee rehab");
    }
    await user.keyboard("{Escape}");
    await user.click(await screen.findByRole("button", { name: "Discard booking" }));
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    await user.click(screen.getByRole("button", { name: "Open" }));
    expect(await screen.findByRole("textbox", { name: "Session name" })).toHaveValue("");
  });

  it("stays open while it is being booked", async () => {
    const { user, dialog, sandbox } = await openDialog();
    await fillIn(user);
    const held = sandbox.faults.hold({ operation: "createSession" });
    await user.click(bookButton());
    await held.reached;
    await user.keyboard("{Escape}");
    expect(dialog).toBeInTheDocument();
    expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
    held.release();
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
  });

  it("does not announce its own save as a change by another user", async () => {
    const { sandbox, client, session } = await seeded("scheduled");
    const screenAround = (
      <>
        <ConnectionBanner />
        <Opener sessionId={session.session_id} />
      </>
    );
    renderWithCoviu(screenAround, { sandbox, client });
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "Open" }));
    await user.type(await screen.findByRole("textbox", { name: "Session name" }), " and more");
    const announcements = recordAnnouncements();
    sandbox.faults.latency(50);
    await user.click(screen.getByRole("button", { name: "Save changes" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(announcements.filter((text) => text.startsWith("Someone else"))).toEqual([]);
  });

  it("has the name of the session in its title", async () => {
    const { sandbox, client, session } = await seeded("scheduled");
    renderWithCoviu(<SessionSchedulerDialog sessionId={session.session_id} open onOpenChange={() => {}} />, {
      sandbox,
      client,
    });
    expect(await screen.findByRole("dialog", { name: `Reschedule ${session.session_name}` })).toBeInTheDocument();
    expect(document.body.outerHTML).not.toContain(session.session_id);
  });
});
