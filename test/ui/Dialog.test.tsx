import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { StrictMode, useEffect, useRef, useState } from "react";
import { describe, expect, it, vi } from "vitest";

import { Button } from "../../src/ui/Button.tsx";
import { Dialog, type DialogProps } from "../../src/ui/Dialog.tsx";
import { react18 } from "../tags.ts";

interface PageProps extends Partial<DialogProps> {
  /** The opener goes when the work is done. */
  openerGoes?: boolean;
  /** The close handler moves the focus into the search. */
  goesOn?: boolean;
}

function Page({ openerGoes, goesOn, ...props }: PageProps) {
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  const search = useRef<HTMLInputElement>(null);
  function finish() {
    setOpen(false);
    setDone(true);
  }
  useEffect(() => {
    if (done && goesOn) search.current?.focus();
  }, [done, goesOn]);
  return (
    <StrictMode>
      <input ref={search} aria-label="Search" />
      {!(openerGoes && done) && <Button onClick={() => setOpen(true)}>Remove Ana Lee</Button>}
      <Button ref={next}>Next row</Button>
      <Dialog
        title="Remove Ana Lee?"
        closeLabel="Close"
        initialFocus={safe}
        returnFocus={next}
        footer={
          <>
            <Button ref={safe} onClick={() => setOpen(false)}>
              Keep
            </Button>
            <Button onClick={finish}>Remove</Button>
          </>
        }
        {...props}
        open={open}
        onClose={() => setOpen(false)}
      />
    </StrictMode>
  );
}

const opener = () => screen.getByRole("button", { name: "Remove Ana Lee" });
const keep = () => screen.getByRole("button", { name: "Keep" });

async function openIt(): Promise<void> {
  await userEvent.click(opener());
  await waitFor(() => expect(keep()).toHaveFocus());
}

describe("Dialog", () => {
  it("is named by its title, focuses the given element and traps the focus", react18, async () => {
    render(<Page />);
    await openIt();
    const dialog = screen.getByRole("dialog", { name: "Remove Ana Lee?" });
    expect(dialog).not.toHaveAccessibleDescription();
    for (const name of ["Remove", "Close", "Keep"]) {
      await userEvent.tab();
      expect(within(dialog).getByRole("button", { name })).toHaveFocus();
    }
    await userEvent.tab({ shift: true });
    expect(within(dialog).getByRole("button", { name: "Close" })).toHaveFocus();
  });

  it("hides the page behind it from screen readers", async () => {
    render(<Page />);
    await openIt();
    expect(screen.queryByRole("textbox", { name: "Search" })).not.toBeInTheDocument();
  });

  it.each(["Escape", "close button", "click outside"])("closes by %s and gives the focus back", async (way) => {
    render(<Page />);
    await openIt();
    if (way === "Escape") await userEvent.keyboard("{Escape}");
    else if (way === "close button") await userEvent.click(screen.getByRole("button", { name: "Close" }));
    else await userEvent.click(screen.getByRole("dialog"));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await waitFor(() => expect(opener()).toHaveFocus());
  });

  it("as a question reads its text, and does not go away by a click outside", async () => {
    render(<Page role="alertdialog" description="This can’t be undone." />);
    await openIt();
    const question = screen.getByRole("alertdialog");
    expect(question).toHaveAccessibleDescription("This can’t be undone.");
    await userEvent.click(question);
    expect(question).toBeInTheDocument();
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(question).not.toBeInTheDocument());
  });

  it("puts the focus where work goes on when the opener is gone", async () => {
    render(<Page openerGoes />);
    await openIt();
    await userEvent.click(screen.getByRole("button", { name: "Remove" }));
    await waitFor(() => expect(screen.getByRole("button", { name: "Next row" })).toHaveFocus());
  });

  it("leaves the focus where the close handler has put it", async () => {
    render(<Page goesOn />);
    await openIt();
    await userEvent.click(screen.getByRole("button", { name: "Remove" }));
    const search = screen.getByRole("textbox", { name: "Search" });
    expect(search).toHaveFocus();
    // The dialog gives the focus back in a microtask.
    await new Promise((resolve) => setTimeout(resolve));
    expect(search).toHaveFocus();
  });

  it("repeats direction, language and theme of the place it is in", async () => {
    render(
      <div dir="rtl" lang="ar" data-coviu-theme="dark">
        <Page />
      </div>,
    );
    await openIt();
    const scope = screen.getByRole("dialog").closest(".coviu");
    expect(scope).toHaveAttribute("dir", "rtl");
    expect(scope).toHaveAttribute("lang", "ar");
    expect(scope).toHaveAttribute("data-coviu-theme", "dark");
    expect(scope?.parentElement?.parentElement).toBe(document.body);
  });

  it("changes direction and theme with the place it is in, while it is open", async () => {
    const { rerender } = render(
      <div dir="rtl" data-coviu-theme="dark">
        <Page />
      </div>,
    );
    await openIt();
    const scope = screen.getByRole("dialog").closest(".coviu");
    rerender(
      <div dir="ltr">
        <Page />
      </div>,
    );
    await waitFor(() => expect(scope).toHaveAttribute("dir", "ltr"));
    expect(scope).not.toHaveAttribute("data-coviu-theme");
  });

  it.each([undefined, "This can’t be undone."])(
    "gives React nothing to complain about (text: %s)",
    async (description) => {
      const complaints = [vi.spyOn(console, "error"), vi.spyOn(console, "warn")];
      render(<Page description={description} />);
      await openIt();
      await userEvent.keyboard("{Escape}");
      await waitFor(() => expect(opener()).toHaveFocus());
      for (const complaint of complaints) {
        expect(complaint).not.toHaveBeenCalled();
        complaint.mockRestore();
      }
    },
  );
});
