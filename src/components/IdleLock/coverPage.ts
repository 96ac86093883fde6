/**
 * What the page behind must not notice: its own dialogs would take the focus back, or leave because of a click outside.
 * A click goes on, so that what covers the page can be answered.
 */
const kept =
  "keydown keyup keypress focusin focusout pointerdown pointerup mousedown mouseup touchstart touchmove touchend wheel contextmenu";

/** StrictMode opens it twice, the second time from within: the page is hidden by then and takes no focus. */
const places = new WeakMap<HTMLDialogElement, () => void>();

/** Shows the dialog above everything, and gives the focus back to where it was when the returned function is called. */
export function coverPage(dialog: HTMLDialogElement, focus: HTMLElement | null): () => void {
  const known = dialog.contains(document.activeElement) ? places.get(dialog) : undefined;
  const goBack = known ?? placeOfWork();
  places.set(dialog, goBack);
  const leaving = new AbortController();
  const { signal } = leaving;
  for (const type of kept.split(" ")) addEventListener(type, keep, { capture: true, signal });
  // Android's way back closes it, whatever anybody says.
  dialog.addEventListener("close", open, { signal });
  open();

  function open(): void {
    if (dialog.open) return;
    // jsdom knows no modal dialog: there it is an open one.
    if (dialog.showModal) dialog.showModal();
    else dialog.open = true;
    focus?.focus();
  }
  return () => {
    leaving.abort();
    if (dialog.close) dialog.close();
    else dialog.open = false;
    goBack();
  };
}

/** Where somebody is at work, with what is selected there: Chromium forgets that when another place is clicked. */
function placeOfWork(): () => void {
  const place = document.activeElement;
  const field = place instanceof HTMLInputElement || place instanceof HTMLTextAreaElement ? place : undefined;
  const [start, end, direction] = [field?.selectionStart, field?.selectionEnd, field?.selectionDirection];
  return () => {
    if (place instanceof HTMLElement) place.focus({ preventScroll: true });
    // Some kinds of fields have none.
    if (typeof start === "number") field?.setSelectionRange(start, end ?? start, direction ?? undefined);
  };
}

function keep(event: Event): void {
  event.stopPropagation();
  if (!(event instanceof KeyboardEvent)) return;
  // Esc closes a modal dialog; undo works on the field that was typed into last, wherever the focus is.
  const undo = (event.ctrlKey || event.metaKey) && /^[yz]$/i.test(event.key);
  if (undo || event.key === "Escape") event.preventDefault();
}
