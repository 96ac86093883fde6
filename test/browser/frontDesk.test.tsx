import "../../src/styles/index.css";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import { version } from "react";
import { hydrateRoot } from "react-dom/client";
import { afterEach, describe, expect, it, vi } from "vitest";
import { commands, page, userEvent } from "vitest/browser";

import { clinic, sessionName } from "../server-render/clinic.ts";
import { screenOf } from "../server-render/screens.tsx";
import type { Reports } from "../server-render/serverRender.ts";
import { react18 } from "../tags.ts";

declare module "vitest/browser" {
  interface BrowserCommands {
    serverRender: (react: "18" | "19") => Promise<Reports>;
  }
}

const row = () => screen.findByRole("button", { name: sessionName });
const details = () => screen.findByRole("region", { name: sessionName });

async function renderDesk(width: number) {
  await page.viewport(width, 800);
  const fixture = await clinic();
  return { ...fixture, ...render(screenOf("desk", fixture.client, fixture.session)) };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("FrontDesk in a browser", () => {
  it(
    "hydrates HTML of a server in another time zone without a mismatch, then shows the clinic's day",
    react18,
    async ({ task }) => {
      expect(version).toMatch(task.file.projectName?.includes("react18") ? /^18\.3\./ : /^19\./);
      expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe("America/Los_Angeles");
      const consoleError = vi.spyOn(console, "error");
      const { string } = await commands.serverRender(version.startsWith("18") ? "18" : "19");
      const { client, session } = await clinic();
      const container = document.createElement("div");
      container.innerHTML = string.screens.desk.html;
      document.body.append(container);
      const section = container.querySelector("section");
      const onRecoverableError = vi.fn<(error: unknown) => void>();
      const root = await act(async () =>
        hydrateRoot(container, screenOf("desk", client, session), { onRecoverableError }),
      );
      expect(await screen.findByRole("heading", { level: 1, name: "Monday 12 January 2026" })).toBeVisible();
      expect(await row()).toBeVisible();
      expect(container.querySelector("section")).toBe(section);
      expect(onRecoverableError.mock.calls).toEqual([]);
      expect(consoleError.mock.calls).toEqual([]);
      act(() => root.unmount());
      container.remove();
    },
  );

  it("shows one pane on a phone, and returns the focus to the row", react18, async () => {
    await renderDesk(360);
    await userEvent.click(await row());
    expect(await details()).toBeVisible();
    expect(screen.queryByRole("tablist")).not.toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole("heading", { name: sessionName })).toHaveFocus());
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
    await userEvent.click(screen.getByRole("button", { name: "All sessions" }));
    await waitFor(() => expect(screen.getByRole("button", { name: sessionName })).toHaveFocus());
    expect(screen.getByRole("tablist")).toBeVisible();
    expect(screen.queryByRole("region", { name: sessionName })).not.toBeInTheDocument();
  });

  it("shows both panes in a wide window, and leaves the focus on the row", async () => {
    await renderDesk(1280);
    await userEvent.click(await row());
    expect(await details()).toBeVisible();
    expect(await row()).toHaveFocus();
  });

  it("passes brand colour and corners on to a dialog, whose button texts are one element each", async () => {
    await page.viewport(1280, 800);
    const fixture = await clinic();
    const { container } = render(screenOf("desk", fixture.client, fixture.session));
    container.style.setProperty("--coviu-brand", "#0a7d5a");
    container.style.setProperty("--coviu-radius", "0px");
    await userEvent.click(await row());
    await userEvent.click(await screen.findByRole("button", { name: "Cancel session" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(getComputedStyle(dialog).borderRadius).toBe("0px");
    expect(getComputedStyle(dialog).getPropertyValue("--coviu-brand")).toBe("#0a7d5a");
    const confirm = within(dialog).getByRole("button", { name: /^Cancel \d/ });
    expect(confirm.querySelectorAll("bdi").length).toBeGreaterThan(0);
    expect([...confirm.childNodes]).toHaveLength(1);
  });

  it("shows the entry link selected in a field if the browser refuses the clipboard", async () => {
    const { session } = await renderDesk(1280);
    vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new DOMException("denied", "NotAllowedError"));
    await userEvent.click(await row());
    const guest = session.participants?.find((person) => person.role === "GUEST");
    const link = within(await screen.findByRole("group", { name: `Entry link for ${guest?.display_name}, guest` }));
    await userEvent.click(link.getByRole("button", { name: /^Copy link/ }));
    expect(await link.findByText(/didn’t allow copying/)).toBeVisible();
    await userEvent.click(link.getByRole("button", { name: /^Show link/ }));
    const field = await link.findByRole("textbox");
    await waitFor(() => expect(field).toHaveFocus());
    expect(String(getSelection())).toBe(guest?.entry_url);
  });

  it("keeps the focus in the booking dialog and returns it to the button", react18, async () => {
    await renderDesk(1280);
    await row();
    const opener = screen.getByRole("button", { name: "Book a session" });
    await userEvent.click(opener);
    const dialog = await screen.findByRole("dialog");
    const stops = dialog.querySelectorAll("input, select, button").length;
    for (let stop = 0; stop <= stops; stop += 1) {
      await userEvent.tab();
      expect(dialog.contains(document.activeElement)).toBe(true);
    }
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(opener).toHaveFocus();
  });
});
