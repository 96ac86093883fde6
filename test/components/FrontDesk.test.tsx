import { act, screen, waitFor, within } from "@testing-library/react";
import { renderToString } from "react-dom/server";
import { afterEach, describe, expect, it, vi } from "vitest";

import { createCoviuClient } from "../../src/api/client.ts";
import { FrontDesk, type FrontDeskProps } from "../../src/components/FrontDesk/FrontDesk.tsx";
import { CoviuProvider } from "../../src/provider/CoviuProvider.tsx";
import { createSandbox } from "../../src/sandbox/index.ts";
import { recordAnnouncements } from "../announcements.ts";
import { byText } from "../byText.ts";
import { conforms } from "../conformance.tsx";
import { enterText } from "../enterText.ts";
import { renderWithCoviu, testNow } from "../render.tsx";
import { react18 } from "../tags.ts";

/** Only once in the seed. */
const interpreted = "Speech therapy with interpreter";

afterEach(() => {
  vi.useRealTimers();
  document.head.replaceChildren();
});

function renderDesk(props: FrontDeskProps = {}, sandbox = createSandbox({ now: testNow })) {
  return renderWithCoviu(<FrontDesk {...props} />, { sandbox, now: () => sandbox.clock.now() });
}

/** The rule of the style sheet for a container with room for one pane. */
function showOnePane() {
  const style = document.createElement("style");
  style.textContent =
    ".coviu-panes[data-view=list] > .coviu-session-details, .coviu-panes[data-view=details] > .coviu-session-list { display: none }";
  document.head.append(style);
}

const row = () => screen.findByRole("button", { name: interpreted });
const details = () => screen.findByRole("region", { name: interpreted });

describe("FrontDesk", () => {
  conforms<HTMLElement>((props) => <FrontDesk {...props} />);

  it("shows the day and time at the clinic, and updates them", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { sandbox, container } = renderDesk();
    expect(screen.getByRole("heading", { level: 1, name: "Monday 12 January 2026" })).toBeVisible();
    expect(container).toHaveTextContent(/9:52\sam, Sydney time \(AEDT, UTC\+11\)/);
    sandbox.clock.advance(15 * 60 * 60_000);
    await act(() => vi.advanceTimersByTimeAsync(61_000));
    expect(screen.getByRole("heading", { level: 1, name: "Tuesday 13 January 2026" })).toBeVisible();
  });

  it("hints at choosing a session, then shows the chosen one beside the list and marks its row", async () => {
    const { user } = renderDesk();
    expect(screen.getByText("Choose a session")).toBeVisible();
    await user.click(await row());
    expect(await details()).toBeVisible();
    expect(screen.getByRole("button", { current: true })).toHaveAccessibleName(interpreted);
    expect(screen.queryByText("Choose a session")).not.toBeInTheDocument();
  });

  it("leaves the focus on the row where both panes fit", async () => {
    const { user } = renderDesk();
    await user.click(await row());
    await details();
    expect(await row()).toHaveFocus();
  });

  it("announces the open session, and moves the focus to it when it is pressed again", async () => {
    const { user } = renderDesk();
    const announcements = recordAnnouncements();
    await user.click(await row());
    await details();
    await waitFor(() => expect(announcements).toContain(`${interpreted} is open. Press again to go to it.`));
    await user.keyboard("{Enter}");
    expect(screen.getByRole("heading", { name: interpreted })).toHaveFocus();
  });

  it("offers the sign-in in a form that needs it", async () => {
    const onSignIn = vi.fn<() => void>();
    const { user, sandbox } = renderDesk({ onSignIn });
    await row();
    await user.click(screen.getByRole("button", { name: "Book a session" }));
    const dialog = within(await screen.findByRole("dialog"));
    await enterText(user, dialog.getByRole("textbox", { name: "Session name" }), "Knee rehab");
    await enterText(user, dialog.getByRole("textbox", { name: "Name of person 1" }), "Dr Amara Okafor");
    sandbox.faults.next({ status: 401, times: Infinity });
    await user.click(dialog.getByRole("button", { name: "Book session" }));
    await user.click(await dialog.findByRole("button", { name: "Sign in" }));
    expect(onSignIn).toHaveBeenCalledOnce();
    expect(dialog.getByRole("textbox", { name: "Session name" })).toHaveValue("Knee rehab");
  });

  it("keeps the focus in place when a notice is dismissed", async () => {
    sessionStorage.setItem("coviu-react booking cut", "2026-01-11T22:40:00.000Z");
    const { user, container } = renderDesk();
    await row();
    await user.click(await screen.findByRole("button", { name: "Dismiss" }));
    expect(screen.queryByRole("button", { name: "Dismiss" })).not.toBeInTheDocument();
    expect(document.activeElement).toHaveClass("coviu-live");
    expect(container).toContainElement(document.activeElement instanceof HTMLElement ? document.activeElement : null);
    await user.tab();
    expect(document.activeElement?.closest(".coviu-session-list")).not.toBeNull();
  });

  it("moves the focus to the session and back to its row where only one of them fits", async () => {
    showOnePane();
    const { user } = renderDesk();
    await user.click(await row());
    const heading = await screen.findByRole("heading", { name: interpreted });
    expect(heading).toHaveFocus();
    await user.click(screen.getByRole("button", { name: "All sessions" }));
    expect(await row()).toHaveFocus();
    await user.click(await row());
    expect(await screen.findByRole("heading", { name: interpreted })).toHaveFocus();
  });

  it("shows a chosen session at once and asks for it once behind", async () => {
    const { user, sandbox } = renderDesk();
    await row();
    sandbox.log.clear();
    await user.click(await row());
    expect(screen.getByRole("region", { name: interpreted })).toBeVisible();
    await waitFor(() => expect(sandbox.log.count({ operation: "getSessionById" })).toBe(1));
  });

  it("marks a session that it knows from the list with the age of the list, when it can't be read itself", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { sandbox, user } = renderDesk();
    await row();
    await act(() => vi.advanceTimersByTimeAsync(4 * 60_000 + 30_000));
    sandbox.faults.next({ operation: "getSessionById", status: 503, times: 3 });
    await user.click(await row());
    const shown = within(await details());
    expect(await shown.findByText(byText(/^Last updated 4 minutes ago, at /))).toBeVisible();
    expect(shown.getByText("The service had a problem")).toBeVisible();
    expect(shown.getByRole("button", { name: "Reschedule" })).toBeVisible();
  });

  it("has headings without gaps", async () => {
    const { user } = renderDesk();
    await user.click(await row());
    await within(await details()).findByRole("heading", { name: /People/ });
    const levels = screen.getAllByRole("heading").map((heading) => Number(heading.tagName.slice(1)));
    expect(levels[0]).toBe(1);
    for (const [index, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
  });

  it("begins one level lower where the page has a heading of its own", async () => {
    renderDesk({ headingLevel: 2 });
    expect(screen.getByRole("heading", { level: 2, name: "Monday 12 January 2026" })).toBeVisible();
    expect(await screen.findByRole("heading", { level: 3, name: /^Today/ })).toBeVisible();
  });

  it("opens with the view and the people it was given", async () => {
    renderDesk({ defaultView: "past", people: [{ state: "clinician-menon", name: "Rajiv" }] });
    expect(screen.getByRole("tab", { selected: true })).toHaveAccessibleName(/^Past/);
    expect(await screen.findByRole("option", { name: "Rajiv" })).toBeInTheDocument();
  });

  it("books with the signed-in clinician as host, by their id in the app", react18, async () => {
    const { user, sandbox } = renderDesk({ host: { state: "clinician-chen", name: "Mei-Ling Chen" } });
    await row();
    await user.click(screen.getByRole("button", { name: "Book a session" }));
    const form = within(screen.getByRole("dialog", { name: "Book a session" }));
    expect(form.getByLabelText("Name of person 1")).toHaveValue("Mei-Ling Chen");
    await enterText(user, form.getByLabelText("Session name"), "Knee rehab");
    await enterText(user, form.getByLabelText("Name of person 2"), "Ana Lee");
    await user.click(form.getByRole("button", { name: "Book session" }));
    await waitFor(() => expect(sandbox.log.count({ operation: "createSession" })).toBe(1));
    expect(sandbox.log.entries().find(({ operation }) => operation === "createSession")?.body).toMatchObject({
      participants: [
        { display_name: "Mei-Ling Chen", role: "HOST", state: "clinician-chen" },
        { display_name: "Ana Lee", role: "GUEST" },
      ],
    });
  });

  it("removes a canceled session from the list and keeps its details open", async () => {
    const { user } = renderDesk();
    await user.click(await row());
    await user.click(await screen.findByRole("button", { name: "Cancel session" }));
    await user.click(
      await screen.findByRole("button", { name: /^Cancel 10:15\sam with Yusuf Al-Masri and Layla Haddad$/ }),
    );
    await waitFor(() => expect(screen.queryByRole("button", { name: interpreted })).not.toBeInTheDocument());
    expect(await details()).toHaveAttribute("data-state", "canceled");
    await waitFor(() => expect(screen.getByRole("heading", { name: interpreted })).toHaveFocus());
  });

  it("announces a booking once, opens it with the focus on its name, and offers its links", async () => {
    const { user, sandbox } = renderDesk({ defaultView: "canceled" });
    await user.click(await screen.findByRole("button", { name: "Voice therapy" }));
    await user.click(await screen.findByRole("button", { name: "Book again" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: /^Book/ }));
    await waitFor(() => expect(sandbox.log.count({ operation: "createSession", status: 200 })).toBe(1));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    const status = screen.getByRole("status");
    await waitFor(() =>
      expect(status).toHaveTextContent(/Session booked\. .*, Sydney time\. 2 links are ready to send\./),
    );
    await waitFor(() => expect(screen.getByRole("heading", { name: "Voice therapy" })).toHaveFocus());
    await user.click(screen.getByRole("button", { name: "Show links" }));
    expect(document.activeElement).toHaveAccessibleName(/link for Hamish MacLeod|link for Siobhán/);
    await user.click(screen.getByRole("button", { name: "Dismiss" }));
    expect(screen.queryByText("Session booked")).not.toBeInTheDocument();
    expect(screen.getByRole("heading", { name: "Voice therapy" })).toHaveFocus();
  });

  it("moves the focus to the new session, not to the button that opened the dialog", async () => {
    const { user } = renderDesk({}, createSandbox({ now: testNow, seed: "none" }));
    await user.click(screen.getByRole("button", { name: "Book a session" }));
    for (const name of ["Session name", "Name of person 1", "Name of person 2"]) {
      await user.click(await screen.findByRole("textbox", { name }));
      await user.paste("Wound review");
    }
    await user.click(screen.getByRole("button", { name: "Book session" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await waitFor(() => expect(screen.getByRole("heading", { name: "Wound review" })).toHaveFocus());
    expect(await screen.findByRole("button", { name: "Wound review", current: true })).toBeVisible();
  });

  it("renders on a server without a request, a name or a time", () => {
    const sandbox = createSandbox({ now: testNow });
    const html = renderToString(
      <CoviuProvider client={createCoviuClient(sandbox)} timeZone="Australia/Sydney" locale="en-AU">
        <FrontDesk />
      </CoviuProvider>,
    );
    expect(html).toContain("Front desk");
    expect(html).not.toMatch(/January|\d:\d\d/);
    expect(sandbox.log.entries()).toEqual([]);
  });
});
