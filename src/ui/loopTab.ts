import { tabbableIn } from "./tabbable.ts";

/** A key event of the browser or of React. */
type KeyPress = Pick<
  KeyboardEvent,
  "key" | "shiftKey" | "altKey" | "ctrlKey" | "metaKey" | "target" | "preventDefault"
>;

/**
 * Moves the focus from the last element of a modal dialog to its first one, and back. The browser's own loop leads
 * through its toolbar and, in WebKit, stops at the dialog itself.
 */
export function loopTab(dialog: HTMLElement, event: KeyPress): void {
  if (event.key !== "Tab" || event.altKey || event.ctrlKey || event.metaKey) return;
  const all = tabbableIn(dialog);
  const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
  if (event.target !== from && event.target !== dialog) return;
  event.preventDefault();
  to?.focus();
}
