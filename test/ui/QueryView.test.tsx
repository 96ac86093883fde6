import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { CoviuError } from "../../src/api/errors.ts";
import { type FailedRead, QueryView, viewState } from "../../src/ui/QueryView.tsx";
import { react18 } from "../tags.ts";

interface Answer {
  data: string[] | undefined;
  dataUpdatedAt: number;
  error: unknown;
  isFetching: boolean;
}

const idle: Answer = { data: undefined, dataUpdatedAt: 1, error: null, isFetching: false };
const refused = new Error("503");

const texts = {
  pending: "Loading people",
  renderFailure: ({ onRetry, retrying, readAt }: FailedRead) => (
    <div role="group" aria-label="Failure" data-read={readAt}>
      {onRetry && (
        <button type="button" aria-busy={retrying || undefined} onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  ),
  skeleton: <div data-testid="skeleton" />,
  isEmpty: (people: string[]) => people.length === 0,
  empty: <p>Nobody yet</p>,
};

function people(names: string[]) {
  return (
    <ul>
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  );
}

function show(answer: Answer, { hydrated = true, refetch = vi.fn<() => void>() } = {}) {
  render(
    <QueryView {...texts} hydrated={hydrated} query={{ ...answer, refetch }}>
      {people}
    </QueryView>,
  );
  return refetch;
}

const failure = () => screen.queryByRole("group", { name: "Failure" });

describe("QueryView", () => {
  it("shows the height of what comes, and says that it waits once the wait is worth a word", () => {
    vi.useFakeTimers();
    show({ ...idle, isFetching: true });
    expect(screen.getByTestId("skeleton")).toBeInTheDocument();
    expect(screen.getByText("Loading people")).toBeInTheDocument();
    act(() => void vi.advanceTimersByTime(900));
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
    act(() => void vi.advanceTimersByTime(300));
    expect(screen.getByRole("status")).toHaveTextContent(/^Loading people$/);
    vi.useRealTimers();
  });

  it("says nothing of a wait that is short", () => {
    vi.useFakeTimers();
    const query = { ...idle, refetch: () => {} };
    const view = (answer: typeof query) => (
      <QueryView {...texts} hydrated query={answer}>
        {people}
      </QueryView>
    );
    const { rerender } = render(view({ ...query, isFetching: true }));
    act(() => void vi.advanceTimersByTime(900));
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
    rerender(view({ ...query, data: ["Ana Lee"] }));
    act(() => void vi.advanceTimersByTime(1000));
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
    vi.useRealTimers();
  });

  it.each([
    ["data", { ...idle, data: ["Ana Lee"] }],
    ["an error", { ...idle, error: refused }],
  ])("waits until the page has come alive, even with %s", (_, answer) => {
    show(answer, { hydrated: false });
    expect(screen.getByTestId("skeleton")).toBeInTheDocument();
    expect(screen.queryByRole("list")).not.toBeInTheDocument();
    expect(failure()).not.toBeInTheDocument();
  });

  it("offers to try again after a failure", async () => {
    const refetch = show({ ...idle, error: refused });
    expect(failure()).not.toHaveAttribute("data-read");
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(refetch).toHaveBeenCalledTimes(1);
  });

  it.each(["forbidden", "not_found", "invalid_input", "invalid_request"] as const)(
    "offers nothing after %s, which would only come again",
    (code) => {
      show({ ...idle, error: new CoviuError({ code, operation: "getSessionById", outcome: "refused" }) });
      expect(failure()).toBeInTheDocument();
      expect(screen.queryByRole("button")).not.toBeInTheDocument();
    },
  );

  it.each(["server", "unreachable", "timeout", "rate_limited", "bad_response", "auth_unavailable"] as const)(
    "offers to try again after %s",
    (code) => {
      show({ ...idle, error: new CoviuError({ code, operation: "getSessionById", outcome: "unknown" }) });
      expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
    },
  );

  it("shows the message for an empty list", () => {
    show({ ...idle, data: [] });
    expect(screen.getByText("Nobody yet")).toBeInTheDocument();
    expect(screen.queryByRole("list")).not.toBeInTheDocument();
  });

  it("keeps what is there under a failed refresh", async () => {
    const refetch = show({ ...idle, data: ["Ana Lee"], error: refused });
    expect(screen.getByRole("listitem")).toHaveTextContent("Ana Lee");
    // With the time of what stays.
    expect(failure()).toHaveAttribute("data-read", "1");
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(refetch).toHaveBeenCalledTimes(1);
  });

  it("keeps the failure and the focus while it retries, then moves the focus to the result", react18, async () => {
    const view = (answer: Answer) => (
      <>
        <QueryView {...texts} hydrated query={{ ...answer, refetch }}>
          {people}
        </QueryView>
        <button type="button">After</button>
      </>
    );
    const { rerender } = render(view({ ...idle, error: refused }));
    // A query forgets its error as soon as it starts again.
    function refetch() {
      rerender(view({ ...idle, isFetching: true }));
    }
    const button = screen.getByRole("button", { name: "Try again" });
    await userEvent.click(button);
    expect(button).toHaveFocus();
    expect(button).toHaveAttribute("aria-busy", "true");
    expect(screen.queryByTestId("skeleton")).not.toBeInTheDocument();

    rerender(view({ ...idle, error: refused }));
    expect(button).toHaveFocus();
    expect(button).not.toHaveAttribute("aria-busy");

    await userEvent.click(button);
    rerender(view({ ...idle, data: ["Ana Lee"] }));
    expect(failure()).not.toBeInTheDocument();
    expect(screen.getByRole("list").previousElementSibling).toHaveFocus();
    await userEvent.tab();
    expect(screen.getByRole("button", { name: "After" })).toHaveFocus();

    // What it shows next is a new wait, not the old failure.
    rerender(view({ ...idle, isFetching: true }));
    expect(screen.getByTestId("skeleton")).toBeInTheDocument();
    expect(failure()).not.toBeInTheDocument();
  });

  it.each([
    ["pending", { ...idle, isFetching: true }],
    ["error", { ...idle, error: refused }],
    ["empty", { ...idle, data: [] }],
    ["ready", { ...idle, data: ["Ana Lee"] }],
    ["ready", { ...idle, data: ["Ana Lee"], error: refused }],
  ])("has the word %s for it", (word, query) => {
    expect(viewState({ query, hydrated: true, isEmpty: texts.isEmpty })).toBe(word);
    expect(viewState({ query, hydrated: false, isEmpty: texts.isEmpty })).toBe("pending");
  });
});
