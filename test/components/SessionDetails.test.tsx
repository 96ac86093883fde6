import { act, screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { createCoviuClient } from "../../src/api/client.ts";
import type { Session } from "../../src/api/schemas.ts";
import { listSessions } from "../../src/api/sessions.ts";
import { SessionDetails, type SessionDetailsProps } from "../../src/components/SessionDetails/SessionDetails.tsx";
import { SessionList } from "../../src/components/SessionList/SessionList.tsx";
import { createSandbox } from "../../src/sandbox/index.ts";
import { conforms } from "../conformance.tsx";
import { renderWithCoviu, type RenderSettings, testNow } from "../render.tsx";
import { react18 } from "../tags.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The first session of the seed's day with this name and its id. */
async function seeded(name: string, sandbox = createSandbox({ now: testNow })) {
  const client = createCoviuClient(sandbox);
  const filters = { start_time: "2026-01-11T13:00:00Z", end_time: "2026-01-12T13:00:00Z", include_canceled: true };
  const { content } = await listSessions(client, filters);
  const session = content.find(({ session_name }) => session_name === name);
  if (!session) throw new Error(`The seed holds no ${name}`);
  sandbox.log.clear();
  return { sandbox, client, session };
}

async function renderDetails(
  name: string,
  { sandbox: given, ...props }: Partial<SessionDetailsProps> & { sandbox?: ReturnType<typeof createSandbox> } = {},
  settings: RenderSettings = {},
) {
  const { sandbox, client, session } = await seeded(name, given);
  const view = renderWithCoviu(<SessionDetails data-testid="details" sessionId={session.session_id} {...props} />, {
    now: () => sandbox.clock.now(),
    ...settings,
    sandbox,
    client,
  });
  return { ...view, session, root: screen.getByTestId("details") };
}

const knee = "Knee rehab follow-up";
const running = "Blood pressure review";
const requests = (sandbox: ReturnType<typeof createSandbox>, operation: string) =>
  sandbox.log.entries().filter((entry) => entry.operation === operation).length;

/** Opens the question before a cancel. */
async function ask(...args: Parameters<typeof renderDetails>) {
  const view = await renderDetails(...args);
  await view.user.click(await screen.findByRole("button", { name: "Cancel session" }));
  return { ...view, dialog: await screen.findByRole("alertdialog", { name: "Cancel this session?" }) };
}
const confirmButton = () => screen.getByRole("button", { name: /^Cancel 10:00\sam with Tāne Wihongi$/ });

describe("SessionDetails", async () => {
  const { sandbox, client, session } = await seeded(knee);
  conforms<HTMLElement>((props) => <SessionDetails sessionId={session.session_id} {...props} />, { sandbox, client });

  describe("its states", () => {
    it("is pending until the session is there", async () => {
      const held = createSandbox({ now: testNow });
      const { session: known } = await seeded(knee, held);
      const request = held.faults.hold({ operation: "getSessionById" });
      renderWithCoviu(<SessionDetails data-testid="details" sessionId={known.session_id} />, { sandbox: held });
      expect(screen.getByTestId("details")).toHaveAttribute("data-state", "pending");
      expect(screen.getByRole("heading", { name: "Loading session…" })).toBeInTheDocument();
      await request.reached;
      request.release();
      expect(await screen.findByRole("heading", { name: knee })).toBeVisible();
      expect(screen.getByTestId("details")).toHaveAttribute("data-state", "scheduled");
    });

    it("says what went wrong and tries again when asked", async () => {
      const broken = createSandbox({ now: testNow });
      const { session: known } = await seeded(knee, broken);
      broken.faults.next({ operation: "getSessionById", status: 503, times: 3 });
      const { user } = renderWithCoviu(<SessionDetails data-testid="details" sessionId={known.session_id} />, {
        sandbox: broken,
      });
      expect(await screen.findByText("The service had a problem")).toBeVisible();
      expect(screen.getByTestId("details")).toHaveAttribute("data-state", "error");
      await user.click(screen.getByRole("button", { name: "Try again" }));
      // The button is gone: the keyboard goes on at the session.
      await waitFor(() => expect(screen.getByRole("heading", { name: knee })).toHaveFocus());
    });
  });

  describe("what it says", () => {
    it("shows status, countdown, times, length, day and zone", async () => {
      const { root } = await renderDetails(knee);
      await screen.findByRole("heading", { name: knee });
      expect(root).toHaveTextContent("ScheduledStarts in 8 min");
      expect(root).toHaveTextContent(/10:00 – 10:30\sam, 30 min/);
      expect(root).toHaveTextContent("Monday 12 January 2026, Sydney (AEDT)");
    });

    it("adds the time where the reader is only where clocks differ", async () => {
      const own = Intl.DateTimeFormat().resolvedOptions();
      const zone = vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions");
      zone.mockReturnValue({ ...own, timeZone: "Pacific/Auckland" });
      const { root, unmount } = await renderDetails(knee);
      await waitFor(() => expect(root).toHaveTextContent(/12:00 – 12:30\spm in Auckland \(NZDT\)/));
      unmount();
      zone.mockReturnValue({ ...own, timeZone: "Australia/Melbourne" });
      await renderDetails(knee);
      await screen.findByRole("heading", { name: knee });
      expect(screen.queryByText(/Melbourne/)).not.toBeInTheDocument();
      expect(screen.queryByText(/in Auckland/)).not.toBeInTheDocument();
    });

    it("names the day as well where the reader's is another", async () => {
      const own = Intl.DateTimeFormat().resolvedOptions();
      vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockReturnValue({
        ...own,
        timeZone: "America/New_York",
      });
      const { root } = await renderDetails(knee);
      await waitFor(() => expect(root).toHaveTextContent(/Sunday 11 January, 6:00 – 6:30\spm in New York/));
    });

    it("changes when the session starts and ends, without a request", async () => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const { root, sandbox: api } = await renderDetails(knee);
      await screen.findByRole("heading", { name: knee });
      await waitFor(() => expect(root).toHaveAttribute("data-state", "scheduled"));
      const before = requests(api, "getSessionById");
      for (const [minutes, state, words] of [
        [8, "active", "Active30 min left"],
        [30, "ended", "EndedJust now"],
      ] as const) {
        api.clock.advance(minutes * 60_000);
        await act(() => vi.advanceTimersByTimeAsync(minutes * 60_000 + 100));
        expect(root).toHaveAttribute("data-state", state);
        expect(root).toHaveTextContent(words);
      }
      expect(requests(api, "getSessionById")).toBe(before);
    });

    it("loads pictures only from trusted hosts", async () => {
      const api = createSandbox({ now: testNow });
      const { session: known, client: own } = await seeded(knee, api);
      const picture = "https://pictures.example/knee.png";
      await own.http.put(`sessions/${known.session_id}`, { json: { picture } });
      const { container, unmount } = await renderDetails(knee, { sandbox: api });
      await screen.findByRole("heading", { name: knee });
      expect(container.querySelector("img")).toBeNull();
      unmount();
      const trusted = await renderDetails(knee, { sandbox: api }, { pictureHosts: ["pictures.example"] });
      await waitFor(() => expect(trusted.container.querySelector("img")).toHaveAttribute("src", picture));
    });
  });

  describe("joining", () => {
    it("is offered only for the user's own entry", async () => {
      await renderDetails(running);
      await screen.findByRole("heading", { name: running });
      expect(screen.queryByRole("link", { name: `Join ${running}` })).not.toBeInTheDocument();
    });

    it("links to the user's own entry while the session runs", async () => {
      const { session: known } = await renderDetails(running, { joinAs: "clinician-okafor" });
      const join = await screen.findByRole("link", { name: `Join ${running}` });
      const me = known.participants?.find(({ state }) => state === "clinician-okafor");
      expect(join).toHaveAttribute("href", me?.entry_url);
      expect(join).toHaveAttribute("rel", "noopener noreferrer");
    });

    it("shows before the start when it opens, and keeps the link out of the page", async () => {
      const { session: known } = await renderDetails(knee, { joinAs: "clinician-chen" });
      const join = await screen.findByRole("link", { name: `Join ${knee}` });
      expect(join).toHaveAttribute("aria-disabled", "true");
      expect(join).toHaveAccessibleDescription(/^You can join from 10:00\sam, when the session starts\.$/);
      for (const { participant_id } of known.participants ?? []) {
        expect(document.documentElement.outerHTML).not.toContain(participant_id);
      }
    });

    it("keeps the focus on Join when the session starts", async () => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const { sandbox: api } = await renderDetails(knee, { joinAs: "clinician-chen" });
      const join = await screen.findByRole("link", { name: `Join ${knee}` });
      join.focus();
      api.clock.advance(8 * 60_000);
      await act(() => vi.advanceTimersByTimeAsync(8 * 60_000 + 100));
      expect(join).toHaveFocus();
      expect(join).toHaveAttribute("href");
      expect(join).not.toHaveAttribute("aria-disabled");
    });
  });

  describe("canceling", () => {
    it("asks with the name of the session, with the focus on the button that keeps it", async () => {
      const { dialog } = await ask(knee);
      expect(dialog).toHaveAccessibleDescription(
        /^Knee rehab follow-up with Tāne Wihongi, Monday 12 January, 10:00 – 10:30\sam\. Nobody will be able to join, and this can’t be undone\. No message is sent: let people know yourself\. You can book it again later, with new links\.$/,
      );
      expect(screen.getByRole("button", { name: "Keep session" })).toHaveFocus();
      expect(confirmButton()).toBeVisible();
    });

    it("keeps the session and returns the focus when the user declines", async () => {
      const { user, sandbox: api } = await ask(knee);
      await user.keyboard("{Enter}");
      await waitFor(() => expect(screen.getByRole("button", { name: "Cancel session" })).toHaveFocus());
      expect(requests(api, "deleteSession")).toBe(0);
    });

    it(
      "cancels with one request, announces it, calls onCanceled, and moves the focus to the heading",
      react18,
      async () => {
        const onCanceled = vi.fn<(session: Session) => void>();
        const { user, sandbox: api, root, session: known } = await ask(knee, { onCanceled });
        await user.dblClick(confirmButton());
        await waitFor(() => expect(root).toHaveAttribute("data-state", "canceled"));
        await waitFor(() => expect(screen.getByRole("heading", { name: knee })).toHaveFocus());
        expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
        expect(root).toHaveTextContent(/CanceledAt 9:52\sam today/);
        await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(`${knee} canceled`));
        expect(requests(api, "deleteSession")).toBe(1);
        expect(onCanceled).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ session_id: known.session_id }));
      },
    );

    it("does not say that the session is kept while the cancel is on its way", async () => {
      const { user, sandbox: api, root, dialog } = await ask(knee);
      const request = api.faults.hold({ operation: "deleteSession" });
      await user.click(confirmButton());
      await request.reached;
      await user.click(screen.getByRole("button", { name: "Keep session" }));
      await user.keyboard("{Escape}");
      expect(dialog).toBeVisible();
      request.release();
      await waitFor(() => expect(root).toHaveAttribute("data-state", "canceled"));
      expect(dialog).not.toBeInTheDocument();
    });

    it("shows a refusal inside the dialog, reads the session again, and can be tried again", async () => {
      const api = createSandbox({ now: testNow });
      const { user, dialog, root } = await ask(knee, { sandbox: api });
      await waitFor(() => expect(requests(api, "getSessionById")).toBe(1));
      api.faults.next({ operation: "deleteSession", status: 400, body: { error: { message: "Too late." } } });
      await user.click(confirmButton());
      const alert = await within(dialog).findByRole("alert");
      expect(alert).toHaveTextContent("The service refused this");
      expect(alert).toHaveTextContent("Too late.");
      await waitFor(() => expect(requests(api, "getSessionById")).toBe(2));
      expect(root).toHaveAttribute("data-state", "scheduled");
      await user.click(confirmButton());
      await waitFor(() => expect(root).toHaveAttribute("data-state", "canceled"));
    });

    it("does not report a cancellation with a lost response as failed", async () => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const api = createSandbox({ now: testNow });
      const { user, dialog } = await ask(knee, { sandbox: api });
      api.faults.next({ operation: "deleteSession", cut: "before-commit" });
      await user.click(confirmButton());
      // The kit checks the outcome for some seconds.
      await act(() => vi.advanceTimersByTimeAsync(7000));
      expect(await within(dialog).findByRole("alert")).toHaveTextContent("We couldn’t confirm this");
    });

    it("can't be confirmed once the session has started, and shows why", async () => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const { user, dialog, sandbox: api } = await ask(knee);
      api.clock.advance(8 * 60_000);
      await act(() => vi.advanceTimersByTimeAsync(8 * 60_000 + 100));
      expect(within(dialog).getByRole("alert")).toHaveTextContent("This session has started");
      await user.click(confirmButton());
      expect(requests(api, "deleteSession")).toBe(0);
    });

    it("is refused with a reason while the session runs", async () => {
      const { user } = await renderDetails(running);
      const cancel = await screen.findByRole("button", { name: "Cancel session" });
      expect(cancel).toHaveAttribute("aria-disabled", "true");
      expect(cancel).toHaveAccessibleDescription(
        /^A session that has started can’t be canceled\. It ends by itself at 10:05\sam\.$/,
      );
      await user.click(cancel);
      expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
      expect(screen.getByRole("button", { name: "Change end" })).toBeVisible();
    });
  });

  describe("after the end", () => {
    it("offers to book again instead of moving", async () => {
      const onBookAgain = vi.fn<(session: Session) => void>();
      const api = createSandbox({ now: testNow });
      const { session: known, client: own } = await seeded(knee, api);
      api.clock.set("2026-01-11T23:52:00Z");
      const { user } = renderWithCoviu(<SessionDetails sessionId={known.session_id} onBookAgain={onBookAgain} />, {
        sandbox: api,
        client: own,
        now: () => api.clock.now(),
      });
      const move = await screen.findByRole("button", { name: "Reschedule" });
      expect(move).toHaveAccessibleDescription("This session has ended, so it can’t be moved. Book it again instead.");
      await user.click(screen.getByRole("button", { name: "Book again" }));
      expect(onBookAgain).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ session_name: knee }));
      expect(screen.queryByRole("button", { name: "Cancel session" })).not.toBeInTheDocument();
    });

    it.each(["spec", "observed"] as const)(
      "shows a canceled session from the list without a request that fails (%s)",
      async (dialect) => {
        const api = createSandbox({ now: testNow, dialect });
        const { user } = renderWithCoviu(<ListAndDetails />, { sandbox: api });
        await user.click(await screen.findByRole("button", { name: "Diabetes care plan" }));
        await waitFor(() => expect(screen.getByTestId("details")).toHaveAttribute("data-state", "canceled"));
        expect(screen.getByTestId("details")).toHaveTextContent(/At 9:12\sam today/);
        expect(screen.getByText(/^Nobody can join a canceled session\./)).toBeVisible();
        expect(requests(api, "getSessionById")).toBe(0);
        expect(api.log.entries().filter(({ status }) => status >= 400)).toEqual([]);
      },
    );
  });
});

function ListAndDetails() {
  const [id, setId] = useState<string>();
  return (
    <>
      <SessionList defaultView="canceled" onSelect={(session) => setId(session.session_id)} />
      {id && <SessionDetails data-testid="details" sessionId={id} />}
    </>
  );
}

describe("a session that someone else has canceled", () => {
  async function listAndDetails() {
    const { sandbox, client, session } = await seeded(knee);
    const settings = { now: () => sandbox.clock.now(), sandbox, client };
    const { user } = renderWithCoviu(
      <>
        <SessionList />
        <SessionDetails data-testid="details" sessionId={session.session_id} />
      </>,
      settings,
    );
    await screen.findByRole("button", { name: "Copy link for Tāne Wihongi" });
    const rows = () => document.querySelectorAll(".coviu-session-row").length;
    const before = rows();
    await client.http.delete(`sessions/${session.session_id}`);
    return { sandbox, user, rows, before };
  }

  it("counts as canceled for a second user who cancels it: announced once, and the lists are read again", async () => {
    const { sandbox, user, rows, before } = await listAndDetails();
    await user.click(screen.getByRole("button", { name: "Cancel session" }));
    await screen.findByRole("alertdialog");
    await user.click(confirmButton());
    const details = screen.getByTestId("details");
    await waitFor(() => expect(details).toHaveAttribute("data-state", "canceled"));
    await waitFor(() => expect(rows()).toBe(before - 1));
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
    await waitFor(() => expect(document.body).toHaveTextContent(`${knee} had already been canceled`));
    expect(screen.queryByRole("button", { name: /^(Copy|Reschedule|Cancel)/ })).toBeNull();
    expect(screen.getByRole("button", { name: "Add people" })).toHaveAttribute("aria-disabled", "true");
    expect(requests(sandbox, "deleteSession")).toBe(2);
  });

  it("moves the focus to its heading when its form closes", async () => {
    const { user } = await listAndDetails();
    await user.click(await screen.findByRole("button", { name: "Reschedule" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(await dialog.findByRole("textbox", { name: "Session name" }), " and more");
    await user.click(dialog.getByRole("button", { name: "Save changes" }));
    expect(await dialog.findByText(/can’t be changed any more/)).toBeVisible();
    await user.keyboard("{Escape}");
    await user.click(await screen.findByRole("button", { name: "Discard changes" }));
    await waitFor(() => expect(screen.getByRole("heading", { name: knee })).toHaveFocus());
  });

  it("is read again when its participants return 404", async () => {
    const { sandbox, user } = await listAndDetails();
    await user.click(screen.getByRole("button", { name: "Edit Tāne Wihongi" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByRole("textbox", { name: "Name" }), " the second");
    const before = requests(sandbox, "getSessionById");
    await user.click(dialog.getByRole("button", { name: "Save changes" }));
    await waitFor(() => expect(requests(sandbox, "getSessionById")).toBe(before + 1));
    await waitFor(() => expect(screen.queryByText("Reschedule")).toBeNull());
  });

  it("offers no actions once that is known, and the lists are read again", async () => {
    const { user, rows, before } = await listAndDetails();
    const longer = Date.now() + 60_000;
    vi.spyOn(Date, "now").mockReturnValue(longer);
    act(() => void window.dispatchEvent(new Event("visibilitychange")));
    expect(await screen.findByText("This is no longer available")).toBeVisible();
    await waitFor(() => expect(screen.queryByRole("button", { name: /^(Copy|Reschedule|Cancel)/ })).toBeNull());
    expect(screen.getByRole("heading", { name: knee })).toBeVisible();
    for (const name of ["Add people", "Edit Tāne Wihongi", "Remove Tāne Wihongi"]) {
      expect(screen.getByRole("button", { name })).toHaveAttribute("aria-disabled", "true");
      await user.click(screen.getByRole("button", { name }));
    }
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
    await waitFor(() => expect(rows()).toBe(before - 1));
  });
});
