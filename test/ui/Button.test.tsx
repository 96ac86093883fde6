import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createRef } from "react";
import { describe, expect, it, vi } from "vitest";

import { Button } from "../../src/ui/Button.tsx";
import { react18 } from "../tags.ts";

describe("Button", () => {
  it("does not submit a form unless asked to", async () => {
    const submit = vi.fn<() => void>();
    render(
      <form onSubmit={submit}>
        <Button>Keep</Button>
      </form>,
    );
    await userEvent.click(screen.getByRole("button"));
    expect(submit).not.toHaveBeenCalled();
  });

  it("stays in reach of the keyboard when it cannot be used, says why and does nothing", async () => {
    const click = vi.fn<() => void>();
    render(
      <>
        <Button reason="why" aria-describedby="more" onClick={click}>
          Join
        </Button>
        <p id="why">You can join from 10:00 am.</p>
        <p id="more">Opens a new tab.</p>
      </>,
    );
    const button = screen.getByRole("button", { name: "Join" });
    await userEvent.tab();
    expect(button).toHaveFocus();
    expect(button).toHaveAttribute("aria-disabled", "true");
    expect(button).toHaveAccessibleDescription("You can join from 10:00 am. Opens a new tab.");
    await userEvent.keyboard("{Enter} ");
    await userEvent.click(button);
    expect(click).not.toHaveBeenCalled();
  });

  it("swallows clicks and submits while it is busy, and keeps the focus", async () => {
    const click = vi.fn<() => void>();
    const submit = vi.fn<(event: { preventDefault: () => void }) => void>((event) => event.preventDefault());
    const form = (busy: boolean) => (
      <form onSubmit={submit}>
        <input aria-label="Name" />
        <Button type="submit" busy={busy} onClick={click}>
          Book
        </Button>
      </form>
    );
    const { rerender } = render(form(false));
    const button = screen.getByRole("button", { name: "Book" });
    await userEvent.click(button);
    rerender(form(true));
    await userEvent.click(button);
    expect(button).toHaveFocus();
    expect(button).toHaveAttribute("aria-busy", "true");
    await userEvent.type(screen.getByRole("textbox"), "{Enter}");
    expect(click).toHaveBeenCalledTimes(1);
    expect(submit).toHaveBeenCalledTimes(1);
  });

  it("passes on ref, class and what it does not know", react18, () => {
    const ref = createRef<HTMLButtonElement>();
    render(
      <Button ref={ref} className="own" data-action="book">
        Book
      </Button>,
    );
    expect(ref.current).toBe(screen.getByRole("button"));
    expect(ref.current).toHaveClass("coviu-button", "own");
    expect(ref.current).toHaveAttribute("data-action", "book");
  });
});
