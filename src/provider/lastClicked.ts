import { isElement } from "./dom.ts";

const controls = "button, a[href], summary, input, select, textarea, [tabindex]";
let clicked: WeakRef<HTMLElement> | undefined;

/** The control of a page that was clicked last: in Safari on a Mac it does not get the focus. */
export function lastClicked(document: Document): HTMLElement | undefined {
  const element = clicked?.deref();
  return element?.isConnected && element.ownerDocument === document ? element : undefined;
}

/**
 * Remembers the controls that are clicked in a window. Called by the provider: an app may render a dialog of the kit only
 * after the click that opens it.
 */
export function rememberClicks(view: Window): () => void {
  view.addEventListener("click", remember, true);
  return () => view.removeEventListener("click", remember, true);
}

function remember(event: Event): void {
  const target = event.composedPath()[0];
  const control = isElement(target) && target.closest<HTMLElement>(controls);
  if (control) clicked = new WeakRef(control);
}
