import { waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";

import { FrontDesk } from "../../src/index.ts";
import { addStyles, renderInFrame } from "../harness/renderElsewhere.tsx";
import { react18 } from "../tags.ts";

import styles from "../../src/styles/index.css?inline";

it(
  "FrontDesk opens dialogs, moves the focus, handles Esc and books in the document of an iframe",
  react18,
  async () => {
    await page.viewport(1280, 800);
    const inner = renderInFrame(<FrontDesk />, (inner) => void addStyles(inner, styles));
    const desk = within(inner.body);
    const book = await desk.findByRole("button", { name: "Book a session" });
    book.focus();
    await userEvent.keyboard("{Enter}");
    const dialog = await desk.findByRole("dialog", { name: "Book a session" });
    expect(document.querySelector("dialog")).toBeNull();
    expect(dialog.matches(":modal")).toBe(true);
    const name = within(dialog).getByRole("textbox", { name: "Session name" });
    await waitFor(() => expect(inner.activeElement).toBe(name));
    await userEvent.keyboard("Knee{Escape}");
    const question = await desk.findByRole("alertdialog");
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(question.isConnected).toBe(false));
    await waitFor(() => expect(inner.activeElement).toBe(name));
    await userEvent.keyboard(" rehab");
    expect(name).toHaveProperty("value", "Knee rehab");
    // The problem summary gets the focus, then the booking is made.
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(inner.activeElement?.getAttribute("role")).toBe("group"));
    within(dialog).getByRole("textbox", { name: "Name of person 1" }).focus();
    await userEvent.keyboard("Dr Amara Okafor{Enter}");
    await waitFor(() => expect(dialog.isConnected).toBe(false));
    await desk.findByRole("heading", { name: "Knee rehab" });
  },
);
