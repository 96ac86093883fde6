import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createCoviuClient } from "../../src/api/client.ts";
import { IdleLock, type IdleLockProps } from "../../src/components/IdleLock/IdleLock.tsx";
import { SessionSchedulerDialog } from "../../src/components/SessionScheduler/SessionSchedulerDialog.tsx";
import { CoviuProvider } from "../../src/provider/CoviuProvider.tsx";
import { createSandbox } from "../../src/sandbox/index.ts";
import { conforms } from "../conformance.tsx";
import { renderWithCoviu, type RenderSettings, testNow } from "../render.tsx";
import { react18 } from "../tags.ts";

const second = 1000;
const minute = 60_000;
const after = 10 * minute;

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, now: new Date(testNow) });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** For announcements each second, on a machine that may be busy. */
const stopTime = () => vi.useFakeTimers({ now: new Date(testNow) });
const pass = (time: number) => act(() => vi.advanceTimersByTimeAsync(time));
const warning = () => screen.queryByRole("alertdialog", { name: "Are you still there?" });
const cover = () => screen.queryByRole("alertdialog", { name: "This page is covered" });
const isHidden = () => document.documentElement.hasAttribute("data-coviu-covered");
const goOn = () => act(() => fireEvent.click(screen.getByRole("button", { name: /^(Continue|Try again)$/ })));
const key = (name: string, more = {}) => ({ key: name, code: `Key${name.toUpperCase()}`, ...more });

/** A note that is being typed, on a page that is covered after ten minutes. */
function desk(props: Partial<IdleLockProps> = {}, settings: RenderSettings = {}) {
  const sandbox = createSandbox({ now: testNow });
  const onKeyDown = vi.fn<() => void>();
  const onBlur = vi.fn<() => void>();
  const view = renderWithCoviu(
    <IdleLock afterMs={after} {...props}>
      <textarea aria-label="Note" onKeyDown={onKeyDown} onBlur={onBlur} />
      <button type="button">Book</button>
    </IdleLock>,
    { sandbox, ...settings },
  );
  const note = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Note" });
  fireEvent.change(note, { target: { value: "Left kn" } });
  note.focus();
  return { ...view, sandbox, note, onKeyDown, onBlur };
}

describe("IdleLock", () => {
  conforms<HTMLDialogElement>((props) => <IdleLock afterMs={1} {...props} />);

  it("adds nothing to the server's HTML, nor to the page while the user is active", () => {
    const client = createCoviuClient(createSandbox({ now: testNow }));
    const markup = renderToString(
      <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU">
        <IdleLock afterMs={after}>
          <p>Desk</p>
        </IdleLock>
      </CoviuProvider>,
    );
    expect(markup).toBe("<p>Desk</p>");
    const { container } = renderWithCoviu(
      <IdleLock afterMs={after}>
        <p>Desk</p>
      </IdleLock>,
    );
    expect(container.innerHTML).toBe("<p>Desk</p>");
  });

  it("warns a minute before with the seconds left, takes the focus, then covers everything", react18, async () => {
    stopTime();
    const { note } = desk();
    await pass(9 * minute - second);
    expect(warning()).not.toBeInTheDocument();
    expect(note).toHaveFocus();
    await pass(second);
    expect(warning()).toBeVisible();
    expect(warning()).toHaveAccessibleDescription(/^Nobody has used this page for a while.*Press any key/);
    expect(screen.getByRole("timer")).toHaveTextContent(/^60 seconds left$/);
    expect(screen.getByRole("button", { name: "Keep it open" })).toHaveFocus();
    expect(isHidden()).toBe(false);
    await pass(15_000);
    expect(screen.getByRole("timer")).toHaveTextContent(/^45 seconds left$/);
    await pass(44_000);
    expect(screen.getByRole("timer")).toHaveTextContent(/^1 second left$/);
    await pass(1000);
    expect(warning()).not.toBeInTheDocument();
    expect(cover()).toBeVisible();
    expect(screen.getByRole("button", { name: "Continue" })).toHaveFocus();
    expect(isHidden()).toBe(true);
  });

  it("warns at half of a time that is under two minutes", async () => {
    stopTime();
    desk({ afterMs: minute });
    await pass(29 * second);
    expect(warning()).not.toBeInTheDocument();
    await pass(second);
    expect(screen.getByRole("timer")).toHaveTextContent("30 seconds left");
  });

  it.each(["keyDown", "pointerDown", "pointerMove", "wheel", "touchStart", "touchMove", "click", "input"] as const)(
    "begins anew with every %s, wherever on the page",
    async (sign) => {
      stopTime();
      desk();
      for (let time = 0; time < 3; time += 1) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await pass(8 * minute);
        fireEvent[sign](document.body);
      }
      await pass(9 * minute - second);
      expect(warning()).not.toBeInTheDocument();
      await pass(second);
      expect(warning()).toBeVisible();
    },
  );

  it.each(["a", "Enter", " ", "Escape", "Tab", "Shift"])(
    "stays open at the key “%s” in the warning, which goes nowhere else, and gives the focus back",
    async (name) => {
      const { note, onKeyDown, onBlur } = desk();
      const onPage = vi.fn<() => void>();
      document.addEventListener("keydown", onPage);
      await pass(9 * minute + 1000);
      const button = screen.getByRole("button", { name: "Keep it open" });
      let went = true;
      await act(() => (went = fireEvent.keyDown(button, key(name))));
      expect(warning()).not.toBeInTheDocument();
      expect(note).toHaveFocus();
      // Held down it would press what has the focus now.
      expect(fireEvent.keyDown(note, key(name, { repeat: true }))).toBe(false);
      expect(fireEvent.keyUp(note, key(name))).toBe(false);
      expect(went).toBe(false);
      expect(onKeyDown).not.toHaveBeenCalled();
      expect(onPage).not.toHaveBeenCalled();
      expect(onBlur).not.toHaveBeenCalled();
      expect(fireEvent.keyDown(note, key(name))).toBe(true);
      expect(onKeyDown).toHaveBeenCalledOnce();
      await pass(9 * minute - 1000);
      expect(warning()).not.toBeInTheDocument();
      document.removeEventListener("keydown", onPage);
    },
  );

  it("stays open at a click anywhere in the warning, not at a mouse that is pushed", async () => {
    const { note } = desk();
    await pass(9 * minute + 1000);
    fireEvent.pointerMove(document.body);
    expect(warning()).toBeVisible();
    await act(() => fireEvent.click(screen.getByRole("alertdialog")));
    expect(warning()).not.toBeInTheDocument();
    expect(note).toHaveFocus();
    await pass(9 * minute + 1000);
    await act(() => fireEvent.click(screen.getByRole("button", { name: "Keep it open" })));
    expect(note).toHaveFocus();
  });

  it("says the end of the time once, and that it is covered, and no second besides", async () => {
    stopTime();
    const announcements: string[] = [];
    desk();
    await pass(9 * minute + 1000);
    const listening = new MutationObserver(() => {
      for (const line of document.querySelectorAll("[aria-live] p")) announcements.push(line.textContent);
    });
    listening.observe(document.body, { subtree: true, childList: true });
    for (let time = 0; time < 65; time += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one second after the other
      await pass(second);
    }
    listening.disconnect();
    expect([...new Set(announcements)]).toEqual(["10 seconds left", "This page is covered"]);
    // The number that changes is no live region.
    expect(document.querySelector("[aria-live] [role=timer], [role=timer][aria-live]")).toBeNull();
  });

  describe("covered", () => {
    it("asks the server once whether the sign-in holds, then shows the page as it was left", async () => {
      const { sandbox, note } = desk();
      await pass(after);
      sandbox.log.clear();
      await goOn();
      await waitFor(() => expect(cover()).not.toBeInTheDocument());
      expect(sandbox.log.count({ operation: "getSessionPage", status: 200 })).toBe(1);
      expect(isHidden()).toBe(false);
      expect(note).toHaveFocus();
      expect(note).toHaveValue("Left kn");
      // The time begins anew.
      await pass(9 * minute - 5000);
      expect(warning()).not.toBeInTheDocument();
      await pass(5000);
      expect(warning()).toBeVisible();
    });

    it("stays covered on any key or pointer event, and hides these events from the page", async () => {
      const { note, sandbox } = desk();
      await pass(after);
      sandbox.log.clear();
      const onPage = vi.fn<(event: Event) => void>();
      const types = ["keydown", "keyup", "pointerdown", "mousedown", "focusin", "focusout"];
      for (const type of types) document.addEventListener(type, onPage, true);
      const button = screen.getByRole("button", { name: "Continue" });
      for (const name of ["Escape", "a", "Tab"]) fireEvent.keyDown(button, key(name));
      fireEvent.pointerMove(document.body);
      fireEvent.pointerDown(document.body);
      fireEvent.click(screen.getByRole("alertdialog"));
      note.focus();
      await pass(minute);
      for (const type of types) document.removeEventListener(type, onPage, true);
      expect(onPage).not.toHaveBeenCalled();
      expect(cover()).toBeVisible();
      expect(sandbox.log.entries()).toEqual([]);
    });

    it("shows why it stays covered, and tries again", async () => {
      const { sandbox, client } = desk();
      await pass(after);
      sandbox.faults.next({ status: 401, times: Infinity });
      await goOn();
      expect(await screen.findByText("You’re not signed in")).toBeVisible();
      expect(cover()).toBeVisible();
      expect(isHidden()).toBe(true);
      await waitFor(() =>
        expect(document.querySelector("dialog [aria-live=assertive]")).toHaveTextContent("You’re not signed in"),
      );
      expect(screen.getByRole("button", { name: "Try again" })).toHaveFocus();
      sandbox.faults.clear();
      await goOn();
      await waitFor(() => expect(cover()).not.toBeInTheDocument());
      expect(client.connection.state).toBe("up");
    });

    it("stays so while the service can’t be reached", async () => {
      const { sandbox } = desk();
      await pass(after);
      sandbox.faults.offline(true);
      await goOn();
      await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent("We couldn’t reach the service"));
      expect(cover()).toBeVisible();
      sandbox.faults.offline(false);
      await goOn();
      await waitFor(() => expect(cover()).not.toBeInTheDocument());
    });

    it("uncovers for a user who may not read the list, since the server knows them", async () => {
      const { sandbox } = desk();
      await pass(after);
      sandbox.faults.next({ status: 403 });
      await goOn();
      await waitFor(() => expect(cover()).not.toBeInTheDocument());
    });

    it("lets the app confirm the sign-in itself", async () => {
      const onUncover = vi.fn<() => Promise<void>>();
      const { sandbox, note } = desk({ onUncover });
      await pass(after);
      sandbox.log.clear();
      onUncover.mockRejectedValueOnce(new Error("wrong PIN of Ana Lee"));
      await goOn();
      await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent("We couldn’t confirm that it’s you"));
      expect(document.body).not.toHaveTextContent("Ana Lee");
      let confirm = () => {};
      onUncover.mockReturnValueOnce(
        new Promise((resolve) => {
          confirm = resolve;
        }),
      );
      await goOn();
      expect(screen.getByRole("button", { name: "Continue" })).toHaveAttribute("aria-busy", "true");
      expect(cover()).toBeVisible();
      await act(async () => confirm());
      await waitFor(() => expect(cover()).not.toBeInTheDocument());
      expect(note).toHaveFocus();
      expect(onUncover).toHaveBeenCalledTimes(2);
      expect(sandbox.log.entries()).toEqual([]);
    });
  });

  describe("after a sleep", () => {
    /** Clocks as they stand after a night, with no timer run. */
    function sleep(hours: number, clocks: readonly ("Date" | "performance")[]) {
      const milliseconds = hours * 60 * minute;
      const [wall, steady] = [Date.now.bind(Date), performance.now.bind(performance)];
      if (clocks.includes("Date")) vi.spyOn(Date, "now").mockImplementation(() => wall() + milliseconds);
      if (clocks.includes("performance")) {
        vi.spyOn(performance, "now").mockImplementation(() => steady() + milliseconds);
      }
    }

    it.each([
      ["the page is shown again", ["Date"] as const, () => fireEvent(document, new Event("visibilitychange"))],
      ["it comes from the back-forward cache", ["Date"] as const, () => fireEvent(window, new Event("pageshow"))],
      ["its window gets the focus", ["performance"] as const, () => fireEvent(window, new Event("focus"))],
      ["the clock was set back meanwhile", ["performance"] as const, () => fireEvent(window, new Event("focus"))],
    ])("is covered at once when %s", async (_, clocks, wake) => {
      desk();
      sleep(9, clocks);
      wake();
      // Before anything is rendered.
      expect(isHidden()).toBe(true);
      await act(async () => {});
      expect(cover()).toBeVisible();
    });

    it("is covered within a second after the computer wakes up, without an event", async () => {
      desk();
      await pass(minute);
      sleep(9, ["Date"]);
      await pass(1000);
      expect(cover()).toBeVisible();
    });

    it("covers the page at the first key, and stops that key", async () => {
      const { note, onKeyDown } = desk();
      sleep(9, ["Date"]);
      let went = true;
      await act(() => (went = fireEvent.keyDown(note, key("a"))));
      expect(went).toBe(false);
      expect(onKeyDown).not.toHaveBeenCalled();
      expect(cover()).toBeVisible();
    });

    it("does not let the user continue after the warning has expired", async () => {
      desk();
      await pass(9 * minute + 1000);
      sleep(9, ["Date"]);
      await act(() => fireEvent.keyDown(screen.getByRole("button", { name: "Keep it open" }), key("a")));
      expect(cover()).toBeVisible();
    });
  });

  it("keeps a half-typed booking in its dialog, and returns the focus to it", async () => {
    const onOpenChange = vi.fn<(open: boolean) => void>();
    renderWithCoviu(
      <IdleLock afterMs={after}>
        <SessionSchedulerDialog open onOpenChange={onOpenChange} />
      </IdleLock>,
    );
    const name = await screen.findByLabelText<HTMLInputElement>("Session name");
    fireEvent.change(name, { target: { value: "Knee re" } });
    await waitFor(() => expect(name).toHaveFocus());
    await pass(after);
    const button = screen.getByRole("button", { name: "Continue" });
    expect(cover()).not.toHaveAttribute("aria-hidden");
    await waitFor(() => expect(button).toHaveFocus());
    fireEvent.keyDown(button, { key: "Escape", code: "Escape" });
    fireEvent.pointerDown(button);
    await goOn();
    await waitFor(() => expect(cover()).not.toBeInTheDocument());
    expect(name).toHaveFocus();
    expect(name).toHaveValue("Knee re");
    expect(onOpenChange).not.toHaveBeenCalled();
    expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
  });

  it("continues all instances on a page at one key", async () => {
    desk();
    renderWithCoviu(<IdleLock afterMs={after} />);
    await pass(9 * minute + 1000);
    // One lies under the other.
    expect(screen.getAllByRole("alertdialog", { hidden: true })).toHaveLength(2);
    await act(() => fireEvent.keyDown(document.body, key("a")));
    expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
  });

  it("removes its timers, listeners and attributes", async () => {
    const added = vi.spyOn(window, "addEventListener");
    const open = desk();
    expect(added.mock.calls.some(([type]) => type === "keydown")).toBe(true);
    open.unmount();
    await pass(after);
    expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
    const covered = desk();
    await pass(after);
    expect(isHidden()).toBe(true);
    covered.unmount();
    expect(isHidden()).toBe(false);
    expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
    for (const [, , settings] of added.mock.calls) {
      const signal = typeof settings === "object" ? settings.signal : undefined;
      if (signal) expect(signal.aborted).toBe(true);
    }
    await pass(minute);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("never covers the page with Infinity, and throws with NaN", async () => {
    desk({ afterMs: Infinity });
    await pass(24 * 60 * minute);
    expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
    vi.spyOn(console, "error").mockReturnValue();
    expect(() => renderWithCoviu(<IdleLock afterMs={NaN} />)).toThrow("IdleLock needs `afterMs`");
  });

  it("accepts messages of the app", async () => {
    const messages = { covered: { title: "Gesperrt", body: "Ihre Eingaben sind noch da." } };
    desk({ messages });
    await pass(after);
    expect(screen.getByRole("alertdialog", { name: "Gesperrt" })).toHaveAccessibleDescription(
      "Ihre Eingaben sind noch da.",
    );
  });
});
