import { act, render, screen, waitFor, within } from "@testing-library/react";

import "../../src/styles/index.css";
import { type ReactNode, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";

import { FrontDesk, SessionSchedulerDialog } from "../../src/index.ts";
import { nameField, openBooking } from "../harness/bookingDialog.ts";
import { withCoviu } from "../render.tsx";
import { react18 } from "../tags.ts";

beforeEach(() => page.viewport(1280, 800));

/** Popover of the app, open from the start. */
function Popover({ kind, name, children }: { kind: "auto" | "manual"; name: string; children: ReactNode }) {
  return (
    <div
      ref={(element) => void (element?.matches(":popover-open") || element?.showPopover())}
      {...{ popover: kind }}
      data-testid={name}
      style={{ inlineSize: 900, blockSize: 600, overflow: "auto" }}
    >
      {children}
    </div>
  );
}

const popover = (name = "popover") => screen.getByTestId(name);
const isOpen = (name?: string) => popover(name).matches(":popover-open");

async function book(name: string): Promise<void> {
  const dialog = await openBooking();
  await userEvent.keyboard(name);
  await userEvent.fill(within(dialog).getByRole("textbox", { name: "Name of person 1" }), "Dr Amara Okafor");
  await userEvent.click(within(dialog).getByRole("button", { name: "Book session" }));
  await waitFor(() => expect(dialog).not.toBeInTheDocument());
  expect(await screen.findByRole("heading", { name })).toBeVisible();
}

function middleOf(element: Element): [number, number] {
  const { x, y, width, height } = element.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}

const atMiddleOf = (element: Element) => document.elementFromPoint(...middleOf(element));

/** Expects a dialog on top that has the focus. */
function expectUsable(dialog: HTMLElement): void {
  const field = nameField(dialog);
  expect(field).toHaveFocus();
  expect(atMiddleOf(field)).toBe(field);
}

/** Clicks a point outside of the popover and of the panel of the dialog. */
async function clickOutside(dialog: HTMLElement): Promise<void> {
  await userEvent.click(dialog, { position: { x: 5, y: 5 } });
}

describe.each(["auto", "manual"] as const)("FrontDesk in a popover (%s)", (kind) => {
  const desk = withCoviu(
    <Popover kind={kind} name="popover">
      <FrontDesk />
    </Popover>,
  );

  it("books twice, cancels, and the popover stays open", react18, async () => {
    render(desk);
    await book("Knee rehab");
    await book("Case review");
    await userEvent.click(screen.getByRole("button", { name: /^Cancel/ }));
    const question = await screen.findByRole("alertdialog");
    await userEvent.click(within(question).getByRole("button", { name: /^Cancel/ }));
    await waitFor(() => expect(question).not.toBeInTheDocument());
    expect(isOpen()).toBe(true);
    await book("Third");
    expect(isOpen()).toBe(true);
  });

  it("keeps what was typed on Esc and on a click outside", async () => {
    render(desk);
    const dialog = await openBooking();
    await userEvent.keyboard("Knee{Escape}");
    await userEvent.click(
      within(await screen.findByRole("alertdialog", { name: /^Discard/ })).getByRole("button", { name: /^Keep/ }),
    );
    await clickOutside(dialog);
    const question = await screen.findByRole("alertdialog", { name: /^Discard/ });
    expect(isOpen()).toBe(true);
    // A click outside does not close a question.
    await clickOutside(question);
    expect(question).toBeInTheDocument();
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(question).not.toBeInTheDocument());
    expect(nameField(dialog)).toHaveValue("Knee");
    expect(isOpen()).toBe(true);
    await clickOutside(dialog);
    await userEvent.click(
      within(await screen.findByRole("alertdialog", { name: /^Discard/ })).getByRole("button", { name: /^Discard/ }),
    );
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(isOpen()).toBe(true);
  });

  it("hides the dialog when the app closes the popover, and restores it with what was typed", async () => {
    render(
      withCoviu(
        <>
          <button type="button" onClick={() => popover().showPopover()}>
            Open FrontDesk
          </button>
          <Popover kind={kind} name="popover">
            <FrontDesk />
          </Popover>
        </>,
      ),
    );
    const dialog = await openBooking();
    await userEvent.keyboard("Knee");
    act(() => popover().hidePopover());
    // The page can be used again.
    const opener = screen.getByRole("button", { name: "Open FrontDesk" });
    await waitFor(() => expect(atMiddleOf(opener)).toBe(opener));
    expect(getComputedStyle(document.documentElement).overflowY).not.toBe("hidden");
    // A hidden dialog does not handle keys.
    await userEvent.keyboard("{Escape}");
    await userEvent.click(opener);
    await waitFor(() => expectUsable(dialog));
    expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
    expect(nameField(dialog)).toHaveValue("Knee");
    // The same with a question above the dialog.
    await userEvent.keyboard("{Escape}");
    const question = await screen.findByRole("alertdialog", { name: /^Discard/ });
    act(() => popover().hidePopover());
    await waitFor(() => expect(question).not.toHaveAttribute("open"));
    await userEvent.click(opener);
    await waitFor(() => expect(question).toHaveAttribute("open"));
    await userEvent.click(within(question).getByRole("button", { name: /^Keep/ }));
    await waitFor(() => expectUsable(dialog));
    expect(isOpen()).toBe(true);
  });
});

describe("a dialog in layers of the app", () => {
  it("opens inside the inner one of two popovers, and inside a popover in a dialog, and all stay open", async () => {
    const { unmount } = render(
      withCoviu(
        <Popover kind="auto" name="outer">
          <Popover kind="auto" name="inner">
            <FrontDesk />
          </Popover>
        </Popover>,
      ),
    );
    // The outer popover opened last and closed the inner one.
    act(() => void (isOpen("inner") || popover("inner").showPopover()));
    const dialog = await openBooking();
    expect(popover("inner")).toContainElement(dialog);
    expectUsable(dialog);
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect([isOpen("outer"), isOpen("inner")]).toEqual([true, true]);
    unmount();

    render(
      withCoviu(
        <dialog ref={(element) => void (element?.open || element?.showModal())} aria-label="App dialog">
          <Popover kind="auto" name="inner">
            <FrontDesk />
          </Popover>
        </dialog>,
      ),
    );
    act(() => void (isOpen("inner") || popover("inner").showPopover()));
    const again = await openBooking();
    expectUsable(again);
    await clickOutside(again);
    await waitFor(() => expect(again).not.toBeInTheDocument());
    expect(isOpen("inner")).toBe(true);
    expect(screen.getByRole("dialog", { name: "App dialog" })).toHaveAttribute("open");
  });

  it.each(["auto", "manual"] as const)(
    "keeps what was typed when the app opens a popover (%s) above it",
    async (kind) => {
      render(
        withCoviu(
          <>
            <FrontDesk />
            <div {...{ popover: kind }} data-testid="toast">
              <input aria-label="Field of the app" />
            </div>
          </>,
        ),
      );
      const dialog = await openBooking();
      await userEvent.keyboard("Knee");
      act(() => popover("toast").showPopover());
      expect(isOpen("toast")).toBe(true);
      expect(nameField(dialog)).toHaveFocus();
      await userEvent.keyboard(" rehab");
      expect(nameField(dialog)).toHaveValue("Knee rehab");
      await userEvent.keyboard("{Escape}");
      expect(await screen.findByRole("alertdialog", { name: /^Discard/ })).toBeVisible();
      // A click outside would close an open popover (auto) only, and would not change what was typed.
      await userEvent.keyboard("{Escape}");
      await waitFor(() => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
      expect(nameField(dialog)).toHaveValue("Knee rehab");
    },
  );

  it("is hidden and shown with the layer of the app that contains it", async () => {
    function AppLayer({ children }: { children: ReactNode }) {
      const [open, setOpen] = useState(true);
      return (
        <>
          <button type="button" onClick={() => setOpen(true)}>
            Show
          </button>
          <div role="dialog" aria-label="App dialog" data-testid="layer" hidden={!open}>
            {children}
          </div>
        </>
      );
    }
    render(withCoviu(<AppLayer>{<FrontDesk />}</AppLayer>));
    const dialog = await openBooking();
    await userEvent.keyboard("Knee");
    const layer = screen.getByTestId("layer");
    act(() => void (layer.hidden = true));
    const show = screen.getByRole("button", { name: "Show" });
    await waitFor(() => expect(atMiddleOf(show)).toBe(show));
    act(() => void (layer.hidden = false));
    await waitFor(() => expectUsable(dialog));
    expect(nameField(dialog)).toHaveValue("Knee");
  });

  it("opens over the page if the layer around its component is closed", async () => {
    render(
      withCoviu(
        <div {...{ popover: "auto" }} data-testid="popover">
          <SessionSchedulerDialog open onOpenChange={() => {}} />
        </div>,
      ),
    );
    const dialog = await screen.findByRole("dialog", { name: "Book a session" });
    await waitFor(() => expect(nameField(dialog)).toHaveFocus());
    expectUsable(dialog);
  });
});

describe("a dialog while a part of the page is inert", () => {
  /** Hides all other elements while a dialog is open, as MUI, Radix and React Aria do. */
  function hideOthers(layer: Element, attribute: string): () => void {
    const others = [...document.body.children].filter((element) => !element.contains(layer));
    for (const other of others) other.setAttribute(attribute, "true");
    return () => {
      for (const other of others) other.removeAttribute(attribute);
    };
  }

  interface LayerProps {
    attribute: string;
    onOutside: () => void;
    children: ReactNode;
  }

  /** Modal of another library at the end of the body. It calls `onOutside` when the focus or a click goes outside. */
  function Modal({ attribute, onOutside, children }: LayerProps) {
    const [layer, setLayer] = useState<HTMLElement | null>(null);
    useEffect(() => {
      if (!layer) return undefined;
      const isOutside = ({ target }: Event) => target instanceof Node && !layer.contains(target) && onOutside();
      const reveal = hideOthers(layer, attribute);
      document.addEventListener("focusin", isOutside);
      document.addEventListener("pointerdown", isOutside);
      return () => {
        reveal();
        document.removeEventListener("focusin", isOutside);
        document.removeEventListener("pointerdown", isOutside);
      };
    }, [layer, attribute, onOutside]);
    return createPortal(
      <div ref={setLayer} role="dialog" aria-label="Patient">
        {children}
      </div>,
      document.body,
    );
  }

  function Screen(props: Omit<LayerProps, "children">) {
    const [open, setOpen] = useState(false);
    return (
      <>
        <SessionSchedulerDialog open={open} onOpenChange={setOpen} />
        <Modal {...props}>
          <button type="button" onClick={() => setOpen(true)}>
            New appointment
          </button>
        </Modal>
      </>
    );
  }

  it.each(["inert", "aria-hidden"])(
    "opens in the app's modal, with the focus, if the page around its component is %s",
    async (attribute) => {
      const onOutside = vi.fn<() => void>();
      render(withCoviu(<Screen attribute={attribute} onOutside={onOutside} />));
      const opener = await screen.findByRole("button", { name: "New appointment" });
      await userEvent.click(opener);
      const dialog = await screen.findByRole("dialog", { name: "Book a session" });
      await waitFor(() => expectUsable(dialog));
      await userEvent.keyboard("Knee");
      await userEvent.click(nameField(dialog));
      expect(dialog.closest("[inert], [aria-hidden]")).toBeNull();
      await userEvent.keyboard("{Escape}");
      await userEvent.click(
        within(await screen.findByRole("alertdialog", { name: /^Discard/ })).getByRole("button", { name: /^Discard/ }),
      );
      await waitFor(() => expect(opener).toHaveFocus());
      expect(onOutside).not.toHaveBeenCalled();
    },
  );

  it.each(["inert", "aria-hidden"])(
    "stays usable when everything beside a dialog of the app becomes %s",
    async (attribute) => {
      render(withCoviu(<FrontDesk />));
      const dialog = await openBooking();
      const layer = document.createElement("div");
      document.body.append(layer);
      const reveal = hideOthers(layer, attribute);
      await waitFor(() => expect(dialog.closest("[inert], [aria-hidden]")).toBeNull());
      expectUsable(dialog);
      await userEvent.keyboard("Knee");
      expect(nameField(dialog)).toHaveValue("Knee");
      act(reveal);
      layer.remove();
      expectUsable(dialog);
      await userEvent.keyboard("{Escape}");
      expect(await screen.findByRole("alertdialog", { name: /^Discard/ })).toBeVisible();
    },
  );

  it("stays usable if the root that contains it becomes inert", async () => {
    render(
      withCoviu(
        <div data-testid="root">
          <Popover kind="manual" name="popover">
            <FrontDesk />
          </Popover>
        </div>,
      ),
    );
    const dialog = await openBooking();
    await userEvent.keyboard("Knee");
    act(() => void (screen.getByTestId("root").inert = true));
    expectUsable(dialog);
    await userEvent.keyboard(" rehab{Tab}{Shift>}{Tab}{/Shift}");
    expectUsable(dialog);
    expect(nameField(dialog)).toHaveValue("Knee rehab");
  });
});
