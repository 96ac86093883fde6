import { focusedNear } from "../../provider/dom.ts";
import { registerKeyHandler } from "../../ui/keyboardHandlers.ts";
import { loopTab } from "../../ui/loopTab.ts";
import { closeModal, openModal, raiseAll } from "../../ui/modalDialogs.ts";

/**
 * Events that do not reach the covered page. Its own dialogs would take the focus back, or close because of a click
 * outside. `click` is not in the list, because the buttons of the cover need it.
 */
const suppressedEvents =
  "keydown keyup keypress focusin focusout pointerdown pointerup mousedown mouseup touchstart touchmove touchend wheel contextmenu";

/**
 * Functions that restore the focus, for covers that are opened twice. StrictMode does so: at the second time the focus is
 * in the cover, so the earlier function is used again.
 */
const focusRestorers = new WeakMap<HTMLDialogElement, () => void>();

/** Shows the dialog above the page until the returned function is called, which also restores the focus. */
export function coverPage(dialog: HTMLDialogElement, initialFocus: HTMLElement | null): () => void {
  const { ownerDocument: document } = dialog;
  const focused = focusedNear(dialog);
  const earlierRestorer = dialog.contains(focused) ? focusRestorers.get(dialog) : undefined;
  const restoreFocus = earlierRestorer ?? saveFocus(focused);
  focusRestorers.set(dialog, restoreFocus);
  const controller = new AbortController();
  const { signal } = controller;
  for (const type of suppressedEvents.split(" ")) addEventListener(type, suppress, { capture: true, signal });
  addEventListener("keydown", (event) => loopTab(dialog, event), { capture: true, signal });
  const close = openModal(dialog, true);
  // Esc does not close the cover.
  const unregister = registerKeyHandler({ element: dialog, isModal: true, onEscape() {} });
  // A dialog that the app opens later would be above the cover.
  document.addEventListener("toggle", stayOnTop, { capture: true, signal });
  function stayOnTop({ target }: Event): void {
    if (target !== dialog && target instanceof HTMLDialogElement && target.open) raiseAll(document);
  }
  initialFocus?.focus();
  return () => {
    controller.abort();
    unregister();
    close();
    closeModal(dialog);
    restoreFocus();
  };
}

/** Saves the focus, and the selection in a field. Chromium drops the selection when another element is clicked. */
function saveFocus(element: Element | null): () => void {
  const field = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element : undefined;
  const [start, end, direction] = [field?.selectionStart, field?.selectionEnd, field?.selectionDirection];
  return () => {
    if (element instanceof HTMLElement) element.focus({ preventScroll: true });
    // Checkboxes and some other fields have no selection.
    if (typeof start === "number") field?.setSelectionRange(start, end ?? start, direction ?? undefined);
  };
}

/** Keeps an event from the page. Esc would close the dialog, and undo would change the field that was edited last. */
function suppress(event: Event): void {
  event.stopPropagation();
  if (!(event instanceof KeyboardEvent)) return;
  const isUndo = (event.ctrlKey || event.metaKey) && /^[yz]$/i.test(event.key);
  if (isUndo || event.key === "Escape") event.preventDefault();
}
