import "../../src/styles/index.css";
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { cdp, page, userEvent } from "vitest/browser";

import { IdleLock } from "../../src/components/IdleLock/IdleLock.tsx";
import { SessionSchedulerDialog } from "../../src/components/SessionScheduler/SessionSchedulerDialog.tsx";
import { accessibilityTree } from "../harness/accessibilityTree.ts";
import { renderWithCoviu } from "../render.tsx";
import { react18 } from "../tags.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const warning = () => screen.findByRole("alertdialog", { name: "Are you still there?" });
const cover = () => screen.findByRole("alertdialog", { name: "This page is covered" });

/** Renders a booking with typed text on a page that is covered after `after` ms without input. */
async function renderBooking(after: number) {
  await page.viewport(1280, 800);
  const onOpenChange = vi.fn<(open: boolean) => void>();
  const view = renderWithCoviu(
    <div style={{ blockSize: 3000 }}>
      <IdleLock afterMs={after}>
        <a href="#notes">Notes of Ana Lee</a>
        <SessionSchedulerDialog open onOpenChange={onOpenChange} />
      </IdleLock>
    </div>,
  );
  const dialog = await screen.findByRole("dialog");
  const name = within(dialog).getByLabelText<HTMLInputElement>("Session name");
  await waitFor(() => expect(name).toHaveFocus());
  await userEvent.keyboard("Knee re");
  name.setSelectionRange(2, 4);
  return { ...view, name, dialog, onOpenChange };
}

/** Texts of Chromium's accessibility tree. */
async function accessibleText(): Promise<string> {
  return (await accessibilityTree())
    .filter(({ ignored }) => !ignored)
    .map(({ name, value }) => `${String(name?.value ?? "")} ${String(value?.value ?? "")}`)
    .join("\n");
}

describe("IdleLock in a browser", () => {
  it(
    "hides an open booking from view, keyboard, pointer and screen reader, and restores it unchanged",
    react18,
    async () => {
      const { name, dialog, onOpenChange } = await renderBooking(600_000);
      expect(await accessibleText()).toContain("Knee re");
      const time = Date.now() + 600_000;
      vi.spyOn(Date, "now").mockReturnValue(time);
      const covered = await cover();
      // The cover is opaque and fills the window. Nothing else is visible.
      expect(covered.getBoundingClientRect()).toMatchObject({ x: 0, y: 0, width: innerWidth, height: innerHeight });
      expect(getComputedStyle(covered).backgroundColor).not.toMatch(/rgba|\/|transparent/);
      const shown = [...document.querySelectorAll("body, body *")].filter(
        (element) => !covered.contains(element) && getComputedStyle(element).visibility === "visible",
      );
      expect(shown).toEqual([]);
      for (const [x, y] of [
        [1, 1],
        [640, 400],
        [1200, 790],
      ] as const) {
        expect(covered.contains(document.elementFromPoint(x, y))).toBe(true);
      }
      expect(await accessibleText()).not.toMatch(/Knee re|Ana Lee|Session name/);
      expect(await accessibleText()).toContain("This page is covered");

      const button = within(covered).getByRole("button", { name: "Continue" });
      expect(button).toHaveFocus();
      for (const key of [
        "{Tab}",
        "{Shift>}{Tab}{/Shift}",
        "{Tab}",
        "{Escape}",
        "{Escape}",
        "{Escape}",
        "x",
        "{Control>}z{/Control}",
      ]) {
        // oxlint-disable-next-line no-await-in-loop -- one key after the other
        await userEvent.keyboard(key);
        expect(dialog.contains(document.activeElement)).toBe(false);
        expect([key, name.selectionStart, name.selectionEnd]).toEqual([key, 2, 4]);
      }
      name.focus();
      expect(name).not.toHaveFocus();
      expect(name).toHaveValue("Knee re");
      expect(covered.checkVisibility({ visibilityProperty: true })).toBe(true);
      expect(covered.matches(":modal")).toBe(true);

      await userEvent.click(button);
      await waitFor(() => expect(covered).not.toBeInTheDocument());
      expect(screen.getByRole("dialog")).toBe(dialog);
      expect(name).toHaveFocus();
      expect(name).toHaveValue("Knee re");
      expect([name.selectionStart, name.selectionEnd]).toEqual([2, 4]);
      expect(onOpenChange).not.toHaveBeenCalled();
      await userEvent.keyboard("h");
      expect(name).toHaveValue("Knh re");
      await waitFor(() => expect(dialog).toBeVisible());
    },
  );

  it.each(["x", "{Enter}", " ", "{Escape}", "{Tab}"])(
    "stays open after %s in the warning, which has no other effect",
    async (key) => {
      const { name, dialog, onOpenChange } = await renderBooking(600_000);
      const time = Date.now() + 570_000;
      vi.spyOn(Date, "now").mockReturnValue(time);
      const warned = await warning();
      expect(dialog).toBeVisible();
      await waitFor(() => expect(within(warned).getByRole("button", { name: "Keep it open" })).toHaveFocus());
      await userEvent.keyboard(key);
      await waitFor(() => expect(warned).not.toBeInTheDocument());
      expect(name).toHaveFocus();
      expect(name).toHaveValue("Knee re");
      expect(screen.queryByRole("alert")).not.toBeInTheDocument();
      expect(onOpenChange).not.toHaveBeenCalled();
    },
  );

  it("stays open after a click beside the warning, which closes no dialog behind it", async () => {
    const { name, dialog, onOpenChange } = await renderBooking(600_000);
    const time = Date.now() + 570_000;
    vi.spyOn(Date, "now").mockReturnValue(time);
    const warned = await warning();
    await userEvent.click(warned, { position: { x: 5, y: 5 } });
    await waitFor(() => expect(warned).not.toBeInTheDocument());
    expect(dialog).toBeVisible();
    expect(name).toHaveFocus();
    expect(onOpenChange).not.toHaveBeenCalled();
  });

  it("covers a modal dialog of the app, and opens again if the browser closes it", async () => {
    await page.viewport(360, 640);
    renderWithCoviu(
      <IdleLock afterMs={1000}>
        <dialog ref={(dialog) => void (dialog && !dialog.open && dialog.showModal())}>
          <button type="button">Ana Lee</button>
        </dialog>
      </IdleLock>,
    );
    const covered = await cover();
    expect(covered.contains(document.elementFromPoint(180, 320))).toBe(true);
    if (!(covered instanceof HTMLDialogElement)) throw new TypeError("no dialog");
    covered.close();
    await waitFor(() => expect(covered.matches(":modal")).toBe(true));
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
    await act(() => fireEvent.click(within(covered).getByRole("button", { name: "Continue" })));
    await waitFor(() => expect(screen.getByRole("button", { name: "Ana Lee" })).toHaveFocus());
  });

  it("hides the page in print", async () => {
    const { dialog } = await renderBooking(600_000);
    const time = Date.now() + 600_000;
    vi.spyOn(Date, "now").mockReturnValue(time);
    await cover();
    await cdp().send("Emulation.setEmulatedMedia", { media: "print" });
    try {
      expect(matchMedia("print").matches).toBe(true);
      expect(getComputedStyle(dialog).visibility).toBe("hidden");
      expect(getComputedStyle(screen.getByText("Notes of Ana Lee")).visibility).toBe("hidden");
    } finally {
      await cdp().send("Emulation.setEmulatedMedia", { media: "" });
    }
  });
});
