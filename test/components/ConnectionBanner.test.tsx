import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createCoviuClient } from "../../src/api/client.ts";
import { listSessions } from "../../src/api/sessions.ts";
import {
  ConnectionBanner,
  type ConnectionBannerProps,
} from "../../src/components/ConnectionBanner/ConnectionBanner.tsx";
import { SessionDetails } from "../../src/components/SessionDetails/SessionDetails.tsx";
import { SessionList } from "../../src/components/SessionList/SessionList.tsx";
import { createSandbox } from "../../src/sandbox/index.ts";
import { byText } from "../byText.ts";
import { conforms } from "../conformance.tsx";
import { renderWithCoviu, testNow } from "../render.tsx";
import { react18 } from "../tags.ts";

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const knee = "Knee rehab follow-up";

/** A list and one session of it beside a banner, all of them read once. */
async function screenOf(props: ConnectionBannerProps | undefined = {}) {
  const sandbox = createSandbox({ now: testNow });
  const client = createCoviuClient(sandbox);
  const { content } = await listSessions(client, { order: "forward", start_time: testNow });
  const sessionId = content.find(({ session_name }) => session_name === knee)?.session_id ?? "";
  const view = renderWithCoviu(
    <>
      {props && <ConnectionBanner data-testid="banner" {...props} />}
      <SessionList data-testid="list" />
      <SessionDetails data-testid="details" sessionId={sessionId} />
    </>,
    { sandbox, client, now: () => sandbox.clock.now() },
  );
  const user = { click: (element: HTMLElement) => act(async () => void fireEvent.click(element)) };
  return { ...view, sandbox, client, user };
}

async function readScreen(props?: ConnectionBannerProps) {
  const view = await screenOf(props);
  await screen.findByRole("heading", { name: knee });
  await waitFor(() => expect(screen.getByTestId("list")).toHaveAttribute("data-state", "ready"));
  await waitFor(() => expect(view.sandbox.log.count({ operation: "getSessionById" })).toBe(1));
  return view;
}

const banner = () => within(screen.getByTestId("banner"));
const spoken = (live: "polite" | "assertive") => document.querySelector(`[aria-live=${live}]`);
/** Hides the page for some minutes and shows it again. */
async function returnAfter(minutes: number, { sandbox }: { sandbox: ReturnType<typeof createSandbox> }) {
  sandbox.clock.advance(minutes * 60_000);
  vi.setSystemTime(Date.now() + minutes * 60_000);
  await act(async () => void fireEvent(document, new Event("visibilitychange", { bubbles: true })));
}
const tryAgain = () => screen.getAllByRole("button", { name: "Try again" });

describe("ConnectionBanner", () => {
  conforms<HTMLDivElement>((props) => <ConnectionBanner {...props} />);

  it("is empty while requests succeed", async () => {
    await readScreen();
    expect(screen.getByTestId("banner")).toHaveAttribute("data-state", "up");
    expect(screen.getByTestId("banner")).toHaveTextContent("");
  });

  describe("for a lost sign-in", () => {
    it(
      "shows and announces it once, assertively, in place of the notices of views, and keeps loaded data with its age",
      react18,
      async () => {
        const view = await readScreen();
        view.sandbox.faults.next({ status: 401, times: Infinity });
        await returnAfter(2, view);
        expect(await banner().findByText("You’re not signed in")).toBeVisible();
        await waitFor(() =>
          expect(screen.getAllByText(byText(/^Last updated 2 minutes ago, at 9:52\sam$/))).toHaveLength(4),
        );
        expect(screen.getAllByText("You’re not signed in")).toHaveLength(1);
        expect(tryAgain()).toHaveLength(1);
        await waitFor(() =>
          expect(spoken("assertive")).toHaveTextContent(
            /^You’re not signed in\. Sign in, then try again\. What you typed stays here\.$/,
          ),
        );
        expect(screen.getByRole("heading", { name: knee })).toBeVisible();
        expect(screen.queryByRole("alert")).not.toBeInTheDocument();
      },
    );

    it("shows views without data as waiting", async () => {
      const sandbox = createSandbox({ now: testNow });
      sandbox.faults.next({ status: 401, times: Infinity });
      renderWithCoviu(
        <>
          <ConnectionBanner data-testid="banner" />
          <SessionList />
        </>,
        { sandbox },
      );
      expect(await banner().findByText("You’re not signed in")).toBeVisible();
      expect(await screen.findByText("Waiting for sign-in")).toBeVisible();
      expect(tryAgain()).toHaveLength(1);
    });

    it("sends nothing until the user acts, then one read, and all reads once that one succeeds", async () => {
      const view = await readScreen();
      view.sandbox.faults.next({ status: 401, times: Infinity });
      await returnAfter(2, view);
      await banner().findByText("You’re not signed in");
      view.sandbox.log.clear();
      await act(() => vi.advanceTimersByTimeAsync(120_000));
      expect(view.sandbox.log.entries()).toEqual([]);

      view.sandbox.faults.clear();
      const [button] = tryAgain();
      button?.focus();
      await view.user.click(banner().getByRole("button", { name: "Try again" }));
      expect(await banner().findByText("You’re signed in")).toBeVisible();
      // The button has gone: the keyboard goes on from the banner.
      expect(screen.getByTestId("banner")).toHaveFocus();
      expect(view.sandbox.log.entries().filter(({ status }) => status === 401)).toEqual([]);
      await act(() => vi.advanceTimersByTimeAsync(3000));
      await waitFor(() => expect(screen.queryByText(/^Last updated/)).not.toBeInTheDocument());
      for (const operation of ["getSessionPage", "getSessionById", "getSessionParticipants"] as const) {
        expect(view.sandbox.log.count({ operation, status: 200 })).toBe(1);
      }
      await act(() => vi.advanceTimersByTimeAsync(5000));
      expect(screen.getByTestId("banner")).toHaveTextContent("");
      expect(screen.getByTestId("banner")).toHaveAttribute("data-state", "up");
    });

    it("announces it again when a retry fails", async () => {
      const view = await readScreen();
      view.sandbox.faults.next({ status: 401, times: Infinity });
      await returnAfter(2, view);
      await banner().findByText("You’re not signed in");
      await act(() => vi.advanceTimersByTimeAsync(6000));
      expect(spoken("assertive")).toBeEmptyDOMElement();
      await view.user.click(banner().getByRole("button", { name: "Try again" }));
      await waitFor(() => expect(spoken("assertive")).toHaveTextContent(/^You’re not signed in\./));
      expect(screen.getByTestId("banner")).toHaveAttribute("data-state", "signed-out");
      expect(banner().getByRole("button", { name: "Try again" })).not.toHaveAttribute("aria-busy");
    });

    it("calls the app's sign-in", async () => {
      const onSignIn = vi.fn<() => void>();
      const view = await readScreen({ onSignIn });
      view.sandbox.faults.next({ status: 401, times: Infinity });
      await returnAfter(2, view);
      await view.user.click(await banner().findByRole("button", { name: "Sign in" }));
      expect(onSignIn).toHaveBeenCalledOnce();
    });
  });

  describe("for a service that does not respond", () => {
    it("announces it politely, shows the age of the data, and disappears when the service responds", async () => {
      const view = await readScreen();
      const announcements: string[] = [];
      const listening = new MutationObserver(() => announcements.push(spoken("polite")?.textContent ?? ""));
      listening.observe(document.body, { subtree: true, childList: true, characterData: true });
      view.sandbox.faults.offline(true);
      await returnAfter(6, view);
      expect(await banner().findByText("We couldn’t reach the service")).toBeVisible();
      expect(banner().getByText(byText(/^Last updated 6 minutes ago, at 9:52\sam$/))).toBeVisible();
      await waitFor(() => expect(announcements.join()).toMatch(/We couldn’t reach the service\. Nothing/));
      listening.disconnect();
      expect(spoken("assertive")).toBeEmptyDOMElement();

      view.sandbox.clock.advance(60_000);
      view.sandbox.faults.offline(false);
      for (let second = 0; second < 61 && !banner().queryByText("Connected again"); second += 1) {
        // oxlint-disable-next-line no-await-in-loop -- the good news stays for seconds only
        await act(() => vi.advanceTimersByTimeAsync(1000));
      }
      expect(await banner().findByText("Connected again")).toBeVisible();
      await waitFor(() => expect(spoken("polite")).toHaveTextContent("Connected again"));
      expect(screen.queryByText(/^Last updated/)).not.toBeInTheDocument();
      await act(() => vi.advanceTimersByTimeAsync(5000));
      expect(screen.getByTestId("banner")).toHaveTextContent("");
    });

    it("does not announce a connection that fails again at once", async () => {
      const view = await readScreen();
      view.sandbox.faults.offline(true);
      await returnAfter(6, view);
      await banner().findByText("We couldn’t reach the service");
      await act(() => vi.advanceTimersByTimeAsync(6000));
      vi.spyOn(Math, "random").mockReturnValue(0.5);
      view.sandbox.faults.offline(false);
      view.sandbox.faults.next({ cut: "before-commit", after: 1, times: Infinity });
      const states: string[] = [];
      view.client.connection.subscribe(() => states.push(view.client.connection.state));
      const announcements: (string | null)[] = [];
      const status = screen.getByRole("status");
      new MutationObserver(() => announcements.push(status.textContent)).observe(status, { childList: true });
      await view.user.click(banner().getByRole("button", { name: "Try again" }));
      for (let time = 0; time < 12; time += 1) {
        // oxlint-disable-next-line no-await-in-loop -- one step of the clock after the other
        await act(() => vi.advanceTimersByTimeAsync(250));
      }
      expect(states).toEqual(["up", "down"]);
      expect(screen.getByTestId("banner")).toHaveAttribute("data-state", "down");
      expect(announcements.join()).not.toContain("Connected again");
    });

    it("updates the age with the clock, without an announcement", async () => {
      const view = await readScreen();
      view.sandbox.faults.offline(true);
      await returnAfter(6, view);
      await banner().findByText(/^Last updated 6 minutes ago/);
      await act(() => vi.advanceTimersByTimeAsync(6000));
      expect(spoken("polite")).toBeEmptyDOMElement();
      for (let minute = 7; minute < 9; minute += 1) {
        view.sandbox.clock.advance(60_000);
        // oxlint-disable-next-line no-await-in-loop -- one minute after the other
        await act(() => vi.advanceTimersByTimeAsync(60_000));
        expect(banner().getByText(new RegExp(`^Last updated ${minute} minutes ago`))).toBeVisible();
        expect(spoken("polite")).not.toHaveTextContent(/updated|reach/);
      }
    });

    it("says offline only while the browser reports it, too", async () => {
      const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
      const view = await readScreen();
      expect(screen.getByTestId("banner")).toHaveTextContent("");
      view.sandbox.faults.offline(true);
      await returnAfter(6, view);
      expect(await banner().findByText("You’re offline")).toBeVisible();
      online.mockReturnValue(true);
      await act(async () => void fireEvent(window, new Event("online")));
      expect(banner().getByText("We couldn’t reach the service")).toBeVisible();
    });
  });

  it("leaves the notices to the views where there is no banner", async () => {
    const sandbox = createSandbox({ now: testNow });
    sandbox.faults.next({ status: 401, times: Infinity });
    const { user } = renderWithCoviu(<SessionList data-testid="list" />, { sandbox });
    expect(await screen.findByText("You’re not signed in")).toBeVisible();
    sandbox.faults.clear();
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.getByTestId("list")).toHaveAttribute("data-state", "ready"));
  });
});
