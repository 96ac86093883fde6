import { act, render, screen, waitFor, within } from "@testing-library/react";

import "../../src/styles/index.css";
import { type ReactElement, type ReactNode, StrictMode, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";

import { createCoviuClient } from "../../src/api/client.ts";
import { CoviuProvider, FrontDesk, SessionSchedulerDialog } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { testNow } from "../render.tsx";
import { react18 } from "../tags.ts";

beforeEach(() => page.viewport(1280, 800));

function app(children: ReactNode): ReactElement {
  return (
    <StrictMode>
      <CoviuProvider
        client={createCoviuClient(createSandbox({ now: testNow }))}
        timeZone="Australia/Sydney"
        locale="en-AU"
        now={() => new Date(testNow)}
      >
        {children}
      </CoviuProvider>
    </StrictMode>
  );
}

/** Opens a popover of the app. Its button lies outside of it. */
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
const bookButton = () => screen.findByRole("button", { name: "Book a session" });

async function openBooking(): Promise<HTMLElement> {
  await userEvent.click(await bookButton());
  const dialog = await screen.findByRole("dialog", { name: "Book a session" });
  await waitFor(() => expect(nameField(dialog)).toHaveFocus());
  return dialog;
}

function nameField(dialog: HTMLElement): HTMLElement {
  return within(dialog).getByRole("textbox", { name: "Session name" });
}

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

/** On top, in reach and with the focus. */
function expectUsable(dialog: HTMLElement): void {
  const field = nameField(dialog);
  expect(field).toHaveFocus();
  expect(atMiddleOf(field)).toBe(field);
}

/** A point that lies outside of the popover and of what is seen as the dialog. */
async function clickOutside(dialog: HTMLElement): Promise<void> {
  await userEvent.click(dialog, { position: { x: 5, y: 5 } });
}

describe.each(["auto", "manual"] as const)("the desk in a popover (%s)", (kind) => {
  const desk = app(
    <Popover kind={kind} name="popover">
      <FrontDesk />
    </Popover>,
  );

  it("books twice, edits, cancels, and stays open", react18, async () => {
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

  it("loses nothing that was typed by Esc or by a click outside", async () => {
    render(desk);
    const dialog = await openBooking();
    await userEvent.keyboard("Knee{Escape}");
    await userEvent.click(
      within(await screen.findByRole("alertdialog", { name: /^Discard/ })).getByRole("button", { name: /^Keep/ }),
    );
    await clickOutside(dialog);
    const question = await screen.findByRole("alertdialog", { name: /^Discard/ });
    expect(isOpen()).toBe(true);
    // A question has to be answered.
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

  it("takes the dialog along when the app closes it, and brings it back with what was typed", async () => {
    render(
      app(
        <>
          <button type="button" onClick={() => popover().showPopover()}>
            Open the desk
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
    const opener = screen.getByRole("button", { name: "Open the desk" });
    await waitFor(() => expect(atMiddleOf(opener)).toBe(opener));
    expect(getComputedStyle(document.documentElement).overflowY).not.toBe("hidden");
    // Nor does a dialog that is not seen own its keys.
    await userEvent.keyboard("{Escape}");
    await userEvent.click(opener);
    await waitFor(() => expectUsable(dialog));
    expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
    expect(nameField(dialog)).toHaveValue("Knee");
    // With a question above it, too.
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

describe("other layers", () => {
  it("opens inside the inner of two popovers, and inside a popover in a dialog: all stay open", async () => {
    const { unmount } = render(
      app(
        <Popover kind="auto" name="outer">
          <Popover kind="auto" name="inner">
            <FrontDesk />
          </Popover>
        </Popover>,
      ),
    );
    // The outer one, opened last, has closed the inner one.
    act(() => void (isOpen("inner") || popover("inner").showPopover()));
    const dialog = await openBooking();
    expect(popover("inner")).toContainElement(dialog);
    expectUsable(dialog);
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect([isOpen("outer"), isOpen("inner")]).toEqual([true, true]);
    unmount();

    render(
      app(
        <dialog ref={(element) => void (element?.open || element?.showModal())} aria-label="Host">
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
    expect(screen.getByRole("dialog", { name: "Host" })).toHaveAttribute("open");
  });

  it.each(["auto", "manual"] as const)(
    "keeps what was typed when the app opens a popover (%s) over it",
    async (kind) => {
      render(
        app(
          <>
            <FrontDesk />
            <div {...{ popover: kind }} data-testid="toast">
              <input aria-label="Of the app" />
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
      // A click outside would close an open popover (auto) alone, without touching what was typed.
      await userEvent.keyboard("{Escape}");
      await waitFor(() => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
      expect(nameField(dialog)).toHaveValue("Knee rehab");
    },
  );

  it("goes and comes back with a layer of the app that was hidden meanwhile", async () => {
    function Host({ children }: { children: ReactNode }) {
      const [open, setOpen] = useState(true);
      return (
        <>
          <button type="button" onClick={() => setOpen(true)}>
            Show
          </button>
          <div role="dialog" aria-label="Host" data-testid="host" hidden={!open}>
            {children}
          </div>
        </>
      );
    }
    render(app(<Host>{<FrontDesk />}</Host>));
    const dialog = await openBooking();
    await userEvent.keyboard("Knee");
    const host = screen.getByTestId("host");
    act(() => void (host.hidden = true));
    const show = screen.getByRole("button", { name: "Show" });
    await waitFor(() => expect(atMiddleOf(show)).toBe(show));
    act(() => void (host.hidden = false));
    await waitFor(() => expectUsable(dialog));
    expect(nameField(dialog)).toHaveValue("Knee");
  });

  it("opens over the page where the layer around its component is closed", async () => {
    render(
      app(
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

describe("a part of the page that is inert", () => {
  /** As MUI, Radix and React Aria do: everything beside their dialog is hidden while it is open. */
  function hideBeside(layer: Element, how: string): () => void {
    const others = [...document.body.children].filter((element) => !element.contains(layer));
    for (const other of others) other.setAttribute(how, "true");
    return () => {
      for (const other of others) other.removeAttribute(how);
    };
  }

  interface LayerProps {
    how: string;
    onOutside: () => void;
    children: ReactNode;
  }

  /** A modal of another library at the end of the body. It closes when the focus or a click goes outside. */
  function Modal({ how, onOutside, children }: LayerProps) {
    const [layer, setLayer] = useState<HTMLElement | null>(null);
    useEffect(() => {
      if (!layer) return undefined;
      const isOutside = ({ target }: Event) => target instanceof Node && !layer.contains(target) && onOutside();
      const reveal = hideBeside(layer, how);
      document.addEventListener("focusin", isOutside);
      document.addEventListener("pointerdown", isOutside);
      return () => {
        reveal();
        document.removeEventListener("focusin", isOutside);
        document.removeEventListener("pointerdown", isOutside);
      };
    }, [layer, how, onOutside]);
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
    "opens in the modal with the focus where the app around its component is %s",
    async (how) => {
      const onOutside = vi.fn<() => void>();
      render(app(<Screen how={how} onOutside={onOutside} />));
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
    "stays in reach when everything beside a dialog of the app becomes %s",
    async (how) => {
      render(app(<FrontDesk />));
      const dialog = await openBooking();
      const layer = document.createElement("div");
      document.body.append(layer);
      const reveal = hideBeside(layer, how);
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

  it("is left by a dialog whose own root is inert", async () => {
    render(
      app(
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
