import { isElement } from "./dom.ts";

const controls = "button, a[href], summary, input, select, textarea, [tabindex]";
let clicked: WeakRef<HTMLElement> | undefined;

/** The control of a page that was clicked last. Safari on macOS does not focus a clicked control. */
export function lastClicked(document: Document): HTMLElement | undefined {
  const element = clicked?.deref();
  return element?.isConnected && element.ownerDocument === document ? element : undefined;
}

/**
 * Records the clicked control of a window. The provider calls this, because a dialog may be rendered only after the click
 * that opens it.
 */
export function recordClicks(view: Window): () => void {
  view.addEventListener("click", recordClick, true);
  return () => view.removeEventListener("click", recordClick, true);
}

function recordClick(event: Event): void {
  const target = event.composedPath()[0];
  const control = isElement(target) && target.closest<HTMLElement>(controls);
  if (control) clicked = new WeakRef(control);
}
