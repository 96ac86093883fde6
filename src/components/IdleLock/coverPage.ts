import { focusedNear } from "../../provider/dom.ts";
import { registerKeyHandler } from "../../ui/keyboardHandlers.ts";
import { loopTab } from "../../ui/loopTab.ts";
import { closeModal, openModal, raiseAll } from "../../ui/modalDialogs.ts";

/**
 * Events that do not reach the page behind: its own dialogs would take the focus back, or close because of a click outside.
 * Clicks are not stopped, so that the buttons of the cover work.
 */
const stoppedEvents =
  "keydown keyup keypress focusin focusout pointerdown pointerup mousedown mouseup touchstart touchmove touchend wheel contextmenu";

/** StrictMode opens it twice, the second time from within: the page is hidden by then and takes no focus. */
const places = new WeakMap<HTMLDialogElement, () => void>();

/** Shows the dialog above everything, and gives the focus back to where it was when the returned function is called. */
export function coverPage(dialog: HTMLDialogElement, focus: HTMLElement | null): () => void {
  const { ownerDocument: document } = dialog;
  const focused = focusedNear(dialog);
  const known = dialog.contains(focused) ? places.get(dialog) : undefined;
  const goBack = known ?? savedFocus(focused);
  places.set(dialog, goBack);
  const leaving = new AbortController();
  const { signal } = leaving;
  for (const type of stoppedEvents.split(" ")) addEventListener(type, stopEvent, { capture: true, signal });
  addEventListener("keydown", (event) => loopTab(dialog, event), { capture: true, signal });
  const close = openModal(dialog, true);
  // Esc leaves it as it is.
  const unregister = registerKeyHandler({ element: dialog, isModal: true, onEscape() {} });
  // A dialog that the app opens meanwhile would lie above it.
  document.addEventListener("toggle", stayOnTop, { capture: true, signal });
  function stayOnTop({ target }: Event): void {
    if (target !== dialog && target instanceof HTMLDialogElement && target.open) raiseAll(document);
  }
  focus?.focus();
  return () => {
    leaving.abort();
    unregister();
    close();
    closeModal(dialog);
    goBack();
  };
}

/** Saves the focus and the selection in a field. Chromium drops the selection when another element is clicked. */
function savedFocus(place: Element | null): () => void {
  const field = place instanceof HTMLInputElement || place instanceof HTMLTextAreaElement ? place : undefined;
  const [start, end, direction] = [field?.selectionStart, field?.selectionEnd, field?.selectionDirection];
  return () => {
    if (place instanceof HTMLElement) place.focus({ preventScroll: true });
    // Some kinds of fields have none.
    if (typeof start === "number") field?.setSelectionRange(start, end ?? start, direction ?? undefined);
  };
}

function stopEvent(event: Event): void {
  event.stopPropagation();
  if (!(event instanceof KeyboardEvent)) return;
  // Esc closes a modal dialog; undo works on the field that was typed into last, wherever the focus is.
  const undo = (event.ctrlKey || event.metaKey) && /^[yz]$/i.test(event.key);
  if (undo || event.key === "Escape") event.preventDefault();
}
