import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { QueryView, viewState } from "../../src/ui/QueryView.tsx";

interface Answer {
  data: string[] | undefined;
  error: unknown;
  isFetching: boolean;
}

const idle: Answer = { data: undefined, error: null, isFetching: false };
const refused = new Error("503");

const texts = {
  text: { pending: "Loading people", retry: "Try again" },
  errorText: () => ({ title: "We couldn’t reach the service", body: "Nothing has changed." }),
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

describe("QueryView", () => {
  it("says that it waits, and shows the height of what comes", () => {
    show({ ...idle, isFetching: true });
    expect(screen.getByRole("status")).toHaveTextContent("Loading people");
    expect(screen.getByTestId("skeleton")).toBeInTheDocument();
  });

  it.each([
    ["data", { ...idle, data: ["Ana Lee"] }],
    ["an error", { ...idle, error: refused }],
  ])("waits until the page has come alive, even with %s", (_, answer) => {
    show(answer, { hydrated: false });
    expect(screen.getByTestId("skeleton")).toBeInTheDocument();
    expect(screen.queryByRole("list")).not.toBeInTheDocument();
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });

  it("offers to try again after a failure", async () => {
    const refetch = show({ ...idle, error: refused });
    expect(screen.getByRole("alert")).toHaveTextContent("We couldn’t reach the service");
    expect(screen.queryByRole("status")).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(refetch).toHaveBeenCalledTimes(1);
  });

  it("shows the empty words when there is nothing", () => {
    show({ ...idle, data: [] });
    expect(screen.getByText("Nobody yet")).toBeInTheDocument();
    expect(screen.queryByRole("list")).not.toBeInTheDocument();
  });

  it("keeps what is there under a failed refresh", async () => {
    const refetch = show({ ...idle, data: ["Ana Lee"], error: refused });
    expect(screen.getByRole("listitem")).toHaveTextContent("Ana Lee");
    expect(screen.getByRole("alert")).toHaveTextContent("We couldn’t reach the service");
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(refetch).toHaveBeenCalledTimes(1);
  });

  it("keeps the failure and the focus while it tries again, then goes on where the answer is", async () => {
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
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
    expect(screen.getByRole("list").previousElementSibling).toHaveFocus();
    await userEvent.tab();
    expect(screen.getByRole("button", { name: "After" })).toHaveFocus();

    // What it shows next is a new wait, not the old failure.
    rerender(view({ ...idle, isFetching: true }));
    expect(screen.getByTestId("skeleton")).toBeInTheDocument();
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
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
