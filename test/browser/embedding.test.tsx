import { act, render, screen, waitFor, within } from "@testing-library/react";

import "../../src/styles/index.css";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { page, userEvent } from "vitest/browser";

import { FrontDesk, SessionList, SessionScheduler, SessionSchedulerDialog } from "../../src/index.ts";
import { rootOf } from "../../src/provider/dom.ts";
import { bookButton, nameField, openBooking } from "../harness/bookingDialog.ts";
import { renderInShadow } from "../harness/renderElsewhere.tsx";
import { renderWithCoviu, withCoviu } from "../render.tsx";
import { react18 } from "../tags.ts";

import styles from "../../src/styles/index.css?inline";

afterEach(() => {
  vi.restoreAllMocks();
});

/** Listeners for Esc as in Radix, Floating UI, React Aria, Headless UI and MUI. */
const listeners = {
  "the document, capturing": (close: () => void) => listen(document, true, close),
  "the document, bubbling": (close: () => void) => listen(document, false, close),
  "the window, capturing": (close: () => void) => listen(window, true, close),
  "the window, bubbling": (close: () => void) => listen(window, false, close),
  "the window, at keyup": (close: () => void) => listen(window, true, close, "keyup"),
};

const names = [
  "the document, capturing",
  "the document, bubbling",
  "the window, capturing",
  "the window, bubbling",
  "the window, at keyup",
] as const;

function listen(target: EventTarget, capture: boolean, close: () => void, type = "keydown"): () => void {
  const onKey = (event: Event) => event instanceof KeyboardEvent && event.key === "Escape" && close();
  target.addEventListener(type, onKey, capture);
  return () => target.removeEventListener(type, onKey, capture);
}

interface OuterProps {
  onClose: () => void;
  where?: keyof typeof listeners | undefined;
  children: ReactNode;
}

/** Dialog of another library around the desk. */
function Outer({ onClose, where, children }: OuterProps) {
  useEffect(() => (where ? listeners[where](onClose) : undefined), [where, onClose]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- as other libraries do
    <div
      role="dialog"
      aria-label="Outer"
      tabIndex={-1}
      onKeyDown={({ key }) => !where && key === "Escape" && onClose()}
    >
      {children}
    </div>
  );
}

/** Renders a screen of the kit in a dialog of the app, and gives the function that closes the dialog. */
function renderInOuter(screenOfKit: ReactNode, where: OuterProps["where"]) {
  const onClose = vi.fn<() => void>();
  render(
    withCoviu(
      <Outer onClose={onClose} where={where}>
        {screenOfKit}
      </Outer>,
    ),
  );
  return onClose;
}

describe("Esc in a dialog around the desk", () => {
  it.each([undefined, ...names])("closes the innermost layer of the kit alone (listener: %s)", async (where) => {
    const onClose = renderInOuter(<FrontDesk />, where);
    const dialog = await openBooking();
    await userEvent.keyboard("Knee{Escape}");
    const question = await screen.findByRole("alertdialog", { name: /^Discard/ });
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(question).not.toBeInTheDocument());
    expect(nameField(dialog)).toHaveValue("Knee");
    await waitFor(() => expect(nameField(dialog)).toHaveFocus());
    // The same if the focus was lost.
    act(() => nameField(dialog).blur());
    await userEvent.keyboard("{Escape}");
    const again = within(await screen.findByRole("alertdialog", { name: /^Discard/ }));
    await userEvent.click(again.getByRole("button", { name: /^Discard/ }));
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(onClose).not.toHaveBeenCalled();
    await waitFor(async () => expect(await bookButton()).toHaveFocus());
    await userEvent.keyboard("{Escape}");
    expect(onClose).toHaveBeenCalledOnce();
  });

  it("closes one layer only while it is held down", async () => {
    const onClose = renderInOuter(<FrontDesk />, "the document, capturing");
    const dialog = await openBooking();
    const press = (repeat: boolean) =>
      act(
        () =>
          void (document.activeElement ?? document.body).dispatchEvent(
            new KeyboardEvent("keydown", { key: "Escape", code: "Escape", repeat, bubbles: true, cancelable: true }),
          ),
      );
    press(false);
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    press(true);
    expect(onClose).not.toHaveBeenCalled();
  });

  it.each([
    ["isComposing", [["keydown", { isComposing: true }]]],
    ["keyCode 229", [["keydown", { keyCode: 229 }]]],
    [
      "Safari’s order",
      [
        ["compositionend", {}],
        ["keydown", {}],
      ],
    ],
  ] as const)("does nothing while an input method is composing (%s)", async (_, events) => {
    const onClose = renderInOuter(<FrontDesk />, "the document, capturing");
    const dialog = await openBooking();
    await userEvent.keyboard("Knee");
    for (const key of ["Escape", "Enter"]) {
      for (const [type, init] of events) {
        const given = { key, code: key, bubbles: true, cancelable: true, ...init };
        const event = type === "keydown" ? new KeyboardEvent(type, given) : new CompositionEvent(type, given);
        act(() => void nameField(dialog).dispatchEvent(event));
      }
      act(() => void nameField(dialog).dispatchEvent(new KeyboardEvent("keyup", { key, code: key, bubbles: true })));
    }
    expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
    expect(within(dialog).queryByRole("alert")).not.toBeInTheDocument();
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.keyboard("{Escape}");
    expect(await screen.findByRole("alertdialog", { name: /^Discard/ })).toBeVisible();
  });

  it("clears a search text before it closes the dialog", async () => {
    const onClose = renderInOuter(<SessionList />, "the document, capturing");
    const search = await screen.findByRole("searchbox");
    await userEvent.click(search);
    await userEvent.keyboard("Ana{Escape}");
    expect(search).toHaveValue("");
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.keyboard("{Escape}");
    expect(onClose).toHaveBeenCalledOnce();
  });
});

/** Button of the app that opens the booking dialog. */
function Opener() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        New appointment
      </button>
      <SessionSchedulerDialog open={open} onOpenChange={setOpen} />
    </>
  );
}

function first(found: readonly HTMLElement[]): HTMLElement {
  const [element] = found;
  if (!element) throw new Error("There is none.");
  return element;
}

/** Expects a dialog that is visible, has the focus and is not inert. */
function expectUsable(dialog: HTMLElement): void {
  const panel = dialog.querySelector(".coviu-dialog") ?? dialog;
  const { x, y, width } = panel.getBoundingClientRect();
  expect(dialog.matches(":modal")).toBe(true);
  expect(width).toBeGreaterThan(200);
  const root = rootOf(dialog);
  expect(dialog.contains(root.activeElement)).toBe(true);
  expect(dialog.contains(root.elementFromPoint(x + width / 2, y + 20))).toBe(true);
}

describe("a dialog opens", () => {
  function ModalApp({ children, onCancel }: { children: ReactNode; onCancel: () => void }) {
    const ref = useRef<HTMLDialogElement>(null);
    useEffect(() => {
      const { current: dialog } = ref;
      dialog?.addEventListener("cancel", onCancel);
      if (!dialog?.open) dialog?.showModal();
    }, [onCancel]);
    return (
      <dialog ref={ref} aria-label="App" style={{ inlineSize: 900, transform: "translateX(1px)", overflow: "hidden" }}>
        {children}
      </dialog>
    );
  }

  it("inside a modal <dialog> of the app, which stays open on Esc", async () => {
    await page.viewport(1280, 800);
    const onCancel = vi.fn<() => void>();
    render(withCoviu(<ModalApp onCancel={onCancel}>{<FrontDesk />}</ModalApp>));
    const dialog = await openBooking();
    const appDialog = screen.getByRole("dialog", { name: "App" });
    expect(appDialog).toContainElement(dialog);
    expectUsable(dialog);
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(onCancel).not.toHaveBeenCalled();
    expect(appDialog).toHaveAttribute("open");
    await waitFor(async () => expect(await bookButton()).toHaveFocus());
  });

  it("inside a popover, which stays open", async () => {
    render(
      withCoviu(
        <div
          ref={(element) => void (element?.matches(":popover-open") || element?.showPopover())}
          {...{ popover: "auto" }}
          data-testid="popover"
          style={{ inlineSize: 900, blockSize: 600, overflow: "auto" }}
        >
          <FrontDesk />
        </div>,
      ),
    );
    const dialog = await openBooking();
    const popover = screen.getByTestId("popover");
    expectUsable(dialog);
    expect(popover).toContainElement(dialog);
    await userEvent.click(nameField(dialog));
    expect(popover.matches(":popover-open")).toBe(true);
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(popover.matches(":popover-open")).toBe(true);
  });

  it("inside the element in full screen", async () => {
    render(
      withCoviu(
        <div data-testid="full">
          <FrontDesk />
        </div>,
      ),
    );
    await bookButton();
    vi.spyOn(document, "fullscreenElement", "get").mockReturnValue(screen.getByTestId("full"));
    const dialog = await openBooking();
    expect(screen.getByTestId("full")).toContainElement(dialog);
    expectUsable(dialog);
    // The dialog stays above an element that goes full screen later.
    act(() => void document.dispatchEvent(new Event("fullscreenchange")));
    expectUsable(dialog);
    expect(nameField(dialog)).toHaveFocus();
  });

  it.each(["open", "closed"] as const)(
    "inside a shadow root (%s), with its focus, ids and announcements",
    async (mode) => {
      await page.viewport(1280, 800);
      const shadow = renderInShadow(<FrontDesk />, styles, mode);
      const find = (selector: string, text: string | RegExp): Promise<HTMLElement> =>
        waitFor(() =>
          first(
            [...shadow.querySelectorAll<HTMLElement>(selector)].filter((element) =>
              new RegExp(text).test(`${element.getAttribute("aria-label")} ${element.textContent}`),
            ),
          ),
        );
      const book = await find("button", "Book a session");
      // Vitest can’t click in a closed shadow root.
      book.focus();
      await userEvent.keyboard("{Enter}");
      const dialog = await find("dialog", "Book a session");
      await waitFor(() => expect(shadow.activeElement?.id).toMatch(/-name$/));
      expectUsable(dialog);
      // Tab moves the focus through all fields and back to the first.
      await userEvent.keyboard("{Tab}");
      expect(shadow.activeElement?.id).toMatch(/-date$/);
      await userEvent.keyboard("{Shift>}{Tab}{Tab}{Tab}{/Shift}");
      expect(shadow.activeElement?.textContent).toBe("Book session");
      await userEvent.keyboard("{Enter}");
      // The summary of problems leads to the field.
      const link = await find("dialog a", /name/i);
      link.focus();
      await userEvent.keyboard("{Enter}");
      expect(shadow.activeElement?.id).toMatch(/-name$/);
      expect(shadow.querySelectorAll("[aria-live=polite]").length).toBeGreaterThan(0);
      expect(document.querySelector("body > [aria-live]")).toBeNull();
      await userEvent.keyboard("{Escape}");
      await waitFor(() => expect(shadow.querySelector("dialog")).toBeNull());
      await waitFor(() => expect(shadow.activeElement).toBe(book));
    },
  );

  it("without losing the focus to a focus trap of another library, whose layer stays open", async () => {
    await page.viewport(1280, 800);
    const onOutside = vi.fn<(event: string) => void>();
    function Trap({ children }: { children: ReactNode }) {
      const root = useRef<HTMLDivElement>(null);
      useEffect(() => {
        const isInside = (target: EventTarget | null) => target instanceof Node && root.current?.contains(target);
        const trapFocus = ({ target }: FocusEvent) => {
          if (isInside(target)) return;
          onOutside("focus");
          root.current?.focus();
        };
        const press = ({ target }: PointerEvent) => void (isInside(target) || onOutside("pointer"));
        const timer = setInterval(() => isInside(document.activeElement) || root.current?.focus(), 20);
        document.addEventListener("focusin", trapFocus);
        document.addEventListener("pointerdown", press, true);
        return () => {
          clearInterval(timer);
          document.removeEventListener("focusin", trapFocus);
          document.removeEventListener("pointerdown", press, true);
        };
      }, []);
      return (
        <div ref={root} role="dialog" aria-label="Outer" tabIndex={-1}>
          {children}
        </div>
      );
    }
    render(withCoviu(<Trap>{<FrontDesk />}</Trap>));
    const dialog = await openBooking();
    await userEvent.keyboard("Knee rehab");
    expect(nameField(dialog)).toHaveValue("Knee rehab");
    await userEvent.click(within(dialog).getByRole("textbox", { name: "Start" }));
    await userEvent.click(within(dialog).getByRole("button", { name: "Discard" }));
    await userEvent.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: /^Discard/ }));
    await waitFor(async () => expect(await bookButton()).toHaveFocus());
    expect(onOutside).not.toHaveBeenCalled();
  });
});

describe("inside a form of the app", () => {
  function Form({ onEvent, children }: { onEvent: (event: string) => void; children: ReactNode }) {
    const handlers = Object.fromEntries(
      ["Submit", "Reset", "Change", "Input", "KeyDown"].map((name) => [
        `on${name}`,
        (event: Event & { key?: string }) => {
          if (name === "Submit") event.preventDefault();
          if (name !== "KeyDown" || event.key === "Enter" || event.key === "Escape") onEvent(name);
        },
      ]),
    );
    return (
      <form data-testid="form" {...handlers}>
        <input name="notes" aria-label="Notes" />
        {children}
        <button type="submit">Save the patient</button>
      </form>
    );
  }

  it("FrontDesk books and searches without submitting, changing or resetting it", async () => {
    await page.viewport(1280, 800);
    const consoleError = vi.spyOn(console, "error");
    const onEvent = vi.fn<(event: string) => void>();
    const { container } = render(withCoviu(<Form onEvent={onEvent}>{<FrontDesk />}</Form>));
    const search = await screen.findByRole("searchbox");
    await userEvent.click(search);
    await userEvent.keyboard("Ana{Enter}");
    await userEvent.clear(search);
    const dialog = await openBooking();
    await userEvent.keyboard("Knee rehab");
    await userEvent.fill(within(dialog).getByRole("textbox", { name: "Name of person 1" }), "Dr Amara Okafor");
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(await screen.findByRole("heading", { name: "Knee rehab" })).toBeVisible();
    expect(onEvent).not.toHaveBeenCalled();
    expect(container.querySelectorAll("form form")).toHaveLength(0);
    const form = screen.getByTestId<HTMLFormElement>("form");
    expect([...new FormData(form).keys()]).toEqual(["notes"]);
    for (const button of document.querySelectorAll<HTMLButtonElement>(".coviu button"))
      expect(button.type).toBe("button");
    for (const field of document.querySelectorAll<HTMLInputElement>(".coviu :is(input, select, textarea)")) {
      expect(field.form).toBeNull();
    }
    expect(consoleError.mock.calls).toEqual([]);
  });

  it("books on Enter in a form of the kit, which a reset of the app's form does not change", async () => {
    const onEvent = vi.fn<(event: string) => void>();
    const onScheduled = vi.fn<() => void>();
    const consoleError = vi.spyOn(console, "error");
    render(withCoviu(<Form onEvent={onEvent}>{<SessionScheduler onScheduled={onScheduled} />}</Form>));
    const form = await screen.findByRole("form", { name: "Book a session" });
    await userEvent.fill(within(form).getByRole("textbox", { name: "Name of person 1" }), "Dr Amara Okafor");
    await userEvent.click(within(form).getByRole("radio", { name: "45 min" }));
    act(() => screen.getByTestId<HTMLFormElement>("form").reset());
    expect(within(form).getByRole("radio", { name: "45 min" })).toBeChecked();
    onEvent.mockClear();
    await userEvent.click(within(form).getByRole("textbox", { name: "Session name" }));
    await userEvent.keyboard("Knee rehab{Enter}");
    await waitFor(() => expect(onScheduled).toHaveBeenCalledOnce());
    expect(onEvent).not.toHaveBeenCalled();
    expect(consoleError.mock.calls).toEqual([]);
    // The app's own fields still work.
    await userEvent.click(screen.getByRole("textbox", { name: "Notes" }));
    await userEvent.keyboard("x{Enter}");
    expect(onEvent).toHaveBeenCalledWith("Submit");
  });
});

describe("the focus in a browser where a click does not move it, as in Safari on a Mac", () => {
  function preventFocusOnClick(): void {
    const prevent = (event: Event) => {
      const target = event.composedPath()[0];
      if (target instanceof Element && target.closest("button, a, summary, input[type=radio]")) event.preventDefault();
    };
    document.addEventListener("mousedown", prevent, true);
    onTestFinished(() => document.removeEventListener("mousedown", prevent, true));
  }

  async function renderDesk() {
    await page.viewport(1280, 800);
    preventFocusOnClick();
    return renderWithCoviu(<FrontDesk />);
  }

  it("goes to the session after a booking, and to the button after the form is discarded", react18, async () => {
    await renderDesk();
    const dialog = await openBooking();
    await userEvent.click(within(dialog).getByRole("button", { name: "Discard" }));
    await waitFor(async () => expect(await bookButton()).toHaveFocus());
    const again = await openBooking();
    await userEvent.keyboard("Knee rehab");
    await userEvent.fill(within(again).getByRole("textbox", { name: "Name of person 1" }), "Dr Amara Okafor");
    await userEvent.click(within(again).getByRole("button", { name: "Book session" }));
    await waitFor(() => expect(screen.getByRole("heading", { name: "Knee rehab" })).toHaveFocus());
  });

  it("returns to the person who was edited, and to the copy button of a host link", async () => {
    await renderDesk();
    await userEvent.click(first(await screen.findAllByRole("button", { name: /^Case conference|^Review|^Knee/ })));
    const edit = first(await screen.findAllByRole("button", { name: /^Edit / }));
    const name = edit.getAttribute("aria-label") ?? "";
    await userEvent.click(edit);
    const dialog = await screen.findByRole("dialog", { name });
    await userEvent.fill(within(dialog).getByRole("textbox", { name: "Name" }), "Dr Ana Lee");
    await userEvent.click(within(dialog).getByRole("button", { name: "Save changes" }));
    await waitFor(() => expect(screen.getByRole("button", { name: "Edit Dr Ana Lee" })).toHaveFocus());

    const copy = first(await screen.findAllByRole("button", { name: /^Copy host link/ }));
    await userEvent.click(copy);
    const question = await screen.findByRole("alertdialog");
    await userEvent.click(within(question).getByRole("button", { name: "Go back" }));
    await waitFor(() => expect(copy).toHaveFocus());
  });

  it("returns to the app's button that opened a dialog of the kit", async () => {
    preventFocusOnClick();
    render(withCoviu(<Opener />));
    const opener = await screen.findByRole("button", { name: "New appointment" });
    await userEvent.click(opener);
    await screen.findByRole("dialog");
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(opener).toHaveFocus());
  });
});

describe("the scroll lock", () => {
  const pages = {
    "a plain page": {},
    "scrollbar-gutter: stable": { html: "scrollbar-gutter: stable" },
    "scrollbar-gutter: stable both-edges": { html: "scrollbar-gutter: stable both-edges" },
    "overflow-y: scroll on html": { html: "overflow-y: scroll" },
    "overflow-y: scroll on the body": { body: "overflow-y: scroll" },
    "a body of full height that scrolls": { html: "block-size: 100%", body: "block-size: 100%; overflow: auto" },
    "margins of the body": { body: "margin: 0 40px" },
    "an outer lock": { body: "overflow: hidden; padding-right: 15px" },
  };

  it.each(Object.entries(pages))(
    "does not move the page: %s",
    async (_, { html = "", body = "" }: { html?: string; body?: string }) => {
      await page.viewport(1280, 800);
      const { documentElement: root } = document;
      root.style.cssText = html;
      document.body.style.cssText = body;
      onTestFinished(() => {
        root.removeAttribute("style");
        document.body.removeAttribute("style");
      });
      render(
        withCoviu(
          <>
            <div data-testid="bar" style={{ position: "fixed", insetInline: 0, insetBlockEnd: 0, blockSize: 8 }} />
            <div style={{ blockSize: 3000, paddingBlockStart: 200 }} data-testid="content">
              <Opener />
            </div>
          </>,
        ),
      );
      const opener = await screen.findByRole("button", { name: "New appointment" });
      const scroller = document.scrollingElement ?? root;
      scroller.scrollTop = 20;
      const positions = () => [
        ...["bar", "content"].map((id) => JSON.stringify(screen.getByTestId(id).getBoundingClientRect())),
        scroller.scrollTop,
      ];
      const before = positions();
      const attributes = [root.getAttribute("style"), document.body.getAttribute("style")];
      await userEvent.click(opener);
      const dialog = await screen.findByRole("dialog");
      expect(positions()).toEqual(before);
      expect(getComputedStyle(root).overflowY + getComputedStyle(document.body).overflowY).toContain("hidden");
      await userEvent.keyboard("{Escape}");
      await waitFor(() => expect(dialog).not.toBeInTheDocument());
      expect(positions()).toEqual(before);
      expect([root.getAttribute("style") || null, document.body.getAttribute("style") || null]).toEqual(
        attributes.map((value) => value || null),
      );
    },
  );
});
