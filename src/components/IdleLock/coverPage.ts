/**
 * What the page behind must not notice: its own dialogs would take the focus back, or leave because of a click outside.
 * A click goes on, so that what covers the page can be answered.
 */
const kept = [
  ..."keydown keyup keypress focusin focusout pointerdown pointerup mousedown mouseup touchstart touchmove".split(" "),
  ..."touchend wheel contextmenu".split(" "),
];

/** Shows the dialog above everything, and gives the focus back to where it was when the returned function is called. */
export function coverPage(dialog: HTMLDialogElement, focus: HTMLElement | null): () => void {
  const before = document.activeElement;
  const leaving = new AbortController();
  const { signal } = leaving;
  for (const type of kept) addEventListener(type, keep, { capture: true, signal });
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
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
}

function keep(event: Event): void {
  event.stopPropagation();
  if (event instanceof KeyboardEvent && event.key === "Escape") event.preventDefault();
}
