import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createRef } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { CoviuError, type CoviuErrorCode } from "../../src/api/errors.ts";
import { FailureNotice } from "../../src/components/Failure/FailureNotice.tsx";
import { failureText } from "../../src/components/Failure/failureText.ts";
import { failureMessages } from "../../src/components/Failure/messages.ts";
import { byText } from "../byText.ts";
import { renderWithCoviu } from "../render.tsx";
import { react18 } from "../tags.ts";

function failed(
  code: CoviuErrorCode,
  details: { retryAfter?: number; outcome?: "unknown"; explanation?: string } = {},
) {
  return new CoviuError({ code, operation: "getSessionPage", outcome: "refused", ...details });
}

const button = () => screen.getByRole("button", { name: "Try again" });
const pass = (time: number) => act(() => vi.advanceTimersByTimeAsync(time));

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("FailureNotice", () => {
  it("is a root of the kit when rendered alone, and gives it ref, class name and attributes", react18, () => {
    const ref = createRef<HTMLDivElement>();
    renderWithCoviu(<FailureNotice ref={ref} error={failed("server")} className="of-the-app" data-testid="root" />);
    expect(ref.current).toBe(screen.getByTestId("root"));
    expect(ref.current).toHaveClass("coviu", "of-the-app");
    expect(ref.current).toContainElement(screen.getByText("The service had a problem"));
  });

  it("counts down to the time of the server's retry-after, and is enabled then", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const onRetry = vi.fn<() => void>();
    renderWithCoviu(<FailureNotice error={failed("rate_limited", { retryAfter: 12 })} onRetry={onRetry} />);
    expect(screen.getByText("You can try again in 12 s.")).toBeVisible();
    expect(button()).toHaveAttribute("aria-disabled", "true");
    expect(button()).not.toBeDisabled();
    expect(button()).toHaveAccessibleDescription("You can try again in 12 s.");
    const user = userEvent.setup({ advanceTimers: (time) => void vi.advanceTimersByTime(time) });
    await user.click(button());
    expect(onRetry).not.toHaveBeenCalled();

    await pass(5000);
    expect(screen.getByText("You can try again in 7 s.")).toBeVisible();
    await pass(7000);
    expect(screen.getByText("You can try again now.")).toBeVisible();
    expect(button()).not.toHaveAttribute("aria-disabled");
    await user.click(button());
    expect(onRetry).toHaveBeenCalledOnce();
  });

  it.each(["forbidden", "not_found", "invalid_input", "invalid_request"] as const)(
    "names no wait after %s, where trying again would not help",
    (code) => {
      for (const retryAfter of [12, 86_400]) {
        const { container, unmount } = renderWithCoviu(<FailureNotice error={failed(code, { retryAfter })} />);
        expect(container).not.toHaveTextContent(/You can try/);
        unmount();
      }
    },
  );

  it("says the wait when it begins and when it is over, and no second of it", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    renderWithCoviu(<FailureNotice error={failed("rate_limited", { retryAfter: 12 })} onRetry={() => {}} />);
    const announcements: (string | null)[] = [];
    const status = screen.getByRole("status");
    new MutationObserver(() => announcements.push(status.textContent)).observe(status, { childList: true });
    await pass(20_000);
    // React 18 does what the time that has passed asks for only at its end.
    await pass(500);
    expect(announcements.filter(Boolean)).toEqual([
      "The service is busy. Nothing has changed. Wait a moment, then try again.",
      "You can try again now.",
    ]);
    expect(screen.getByRole("timer")).toHaveTextContent("You can try again now.");
  });

  it("continues the countdown when it is rendered again", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const error = failed("rate_limited", { retryAfter: 60 });
    const { unmount } = renderWithCoviu(<FailureNotice error={error} onRetry={() => {}} />);
    await pass(20_000);
    unmount();
    await pass(10_000);
    renderWithCoviu(<FailureNotice error={error} onRetry={() => {}} />);
    expect(screen.getByText("You can try again in 30 s.")).toBeVisible();
  });

  it.each([
    [99, "You can try again in 99 s."],
    [600, "You can try again in 10 min."],
    [3600, "You can try again in 1 h."],
    [86_400, "The service asks to wait for more than an hour. You can try anyway."],
  ])("says a wait of %d s as people do", (retryAfter, words) => {
    renderWithCoviu(<FailureNotice error={failed("rate_limited", { retryAfter })} />);
    expect(screen.getByText(words)).toBeVisible();
  });

  it("marks what stays with its age", () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    renderWithCoviu(<FailureNotice error={failed("server")} readAt={Date.now() - 6 * 60_000} onRetry={() => {}} />);
    expect(screen.getByText("The service had a problem")).toBeVisible();
    expect(screen.getByText(byText(/^Last updated 6 minutes ago, at 9:46\sam$/))).toBeVisible();
    expect(button()).toBeVisible();
  });

  it.each([
    [-5, /^Last updated just now/],
    [1, /^Last updated 1 minute ago/],
    [59, /^Last updated 59 minutes ago/],
    [135, /^Last updated 2 h 15 min ago/],
  ])("has words for what is %d minutes old, also where the clock was set back", (minutes, words) => {
    vi.useFakeTimers({ toFake: ["Date"] });
    renderWithCoviu(<FailureNotice error={failed("server")} readAt={Date.now() - minutes * 60_000} />);
    expect(screen.getByText(words)).toBeVisible();
  });

  it("shows a failed write at once, and a failed read when it has settled", async () => {
    const { unmount } = renderWithCoviu(<FailureNotice error={failed("forbidden")} kind="write" />);
    expect(screen.getByRole("alert")).toHaveTextContent("You’re not allowed to do this");
    unmount();
    renderWithCoviu(<FailureNotice error={failed("forbidden")} />);
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(/^You’re not allowed to do this\./));
  });

  it("calls a failure offline only where nothing came back and the browser says so", () => {
    const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    const titleOf = (code: CoviuErrorCode) => failureText(failed(code), failureMessages, "read").title;
    expect(titleOf("unreachable")).toBe("You’re offline");
    for (const code of ["server", "timeout", "auth_unavailable"] as const) {
      expect(titleOf(code)).toBe(failureMessages[code].title);
    }
    online.mockReturnValue(true);
    expect(titleOf("unreachable")).toBe("We couldn’t reach the service");
  });

  it("does not show a server's text about a token", () => {
    const { body } = failureText(failed("auth_required", { explanation: "Bad token" }), failureMessages, "write");
    expect(body).toBe("Sign in, then try again. What you typed stays here.");
  });

  it("shows no wait for a write with an unknown outcome", () => {
    const lost = failed("server", { outcome: "unknown", retryAfter: 12 });
    expect(failureText(lost, failureMessages, "write")).toEqual(failureMessages.unknownOutcome);
    expect(failureText(lost, failureMessages, "read").body).toMatch(/You can try again in 12 s\.$/);
  });
});
