import { screen, waitFor, within } from "@testing-library/react";
import { expect } from "vitest";
import { userEvent } from "vitest/browser";

export const bookButton = () => screen.findByRole("button", { name: "Book a session" });

export function nameField(dialog = screen.getByRole("dialog", { name: "Book a session" })): HTMLElement {
  return within(dialog).getByRole("textbox", { name: "Session name" });
}

/** Opens the booking dialog of FrontDesk in a browser. Every part of it is laid out. */
export async function openBooking(): Promise<HTMLElement> {
  await userEvent.click(await bookButton());
  const dialog = await screen.findByRole("dialog", { name: "Book a session" });
  await waitFor(() => expect(nameField(dialog)).toHaveFocus());
  for (const part of dialog.querySelectorAll(".coviu-dialog > *")) expect(part.clientHeight).toBeGreaterThan(20);
  return dialog;
}
