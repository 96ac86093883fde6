import { fireEvent } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";

/** Enters a text with one change event. If typing is the subject of the test, use `user.type`. */
export async function enterText(user: UserEvent, field: HTMLElement, text: string): Promise<void> {
  await user.click(field);
  fireEvent.change(field, { target: { value: text } });
}
