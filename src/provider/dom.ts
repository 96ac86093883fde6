import type { MouseEvent } from "react";

// `instanceof` is not used here: it is false for elements of another window, such as that of an iframe.

export function isElement(node: unknown): node is HTMLElement {
  return typeof node === "object" && node !== null && "classList" in node;
}

function isRoot(node: Node | null): node is Document | ShadowRoot {
  return node !== null && "activeElement" in node;
}

function isShadowRoot(node: Node | null): node is ShadowRoot {
  return node !== null && "host" in node && isRoot(node);
}

/** Document or shadow root of an element, in which ids and the focused element are found. */
export function rootOf(element: Element): Document | ShadowRoot {
  const root = element.getRootNode();
  return isRoot(root) ? root : element.ownerDocument;
}

/** Parent of an element. At the top of a shadow root it is the host element. */
export function parentOf(element: Element): Element | null {
  const { parentNode } = element;
  return isShadowRoot(parentNode) ? parentNode.host : element.parentElement;
}

/** Whether `inner` is `outer` or inside of it, also in a shadow root. */
export function deepContains(outer: Element, inner: Element): boolean {
  for (let element: Element | null = inner; element; element = parentOf(element)) {
    if (element === outer) return true;
  }
  return false;
}

/** The focused element. Elements in the shadow root of `near` and in open shadow roots are found too. */
export function focusedNear(near: Element): Element | null {
  let focused = rootOf(near).activeElement ?? near.ownerDocument.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused;
}

/**
 * Whether the focus is lost: on no element, on the body, or on an element around `place`. When the focused element is
 * removed, browsers focus the body, and focus traps of other libraries focus their dialog.
 */
export function isFocusLost(place: Element): boolean {
  const focused = focusedNear(place);
  return !focused || focused === place.ownerDocument.body || deepContains(focused, place);
}

/**
 * Focuses the clicked control, because Safari on macOS does not. Does nothing for clicks that a script makes.
 */
export function focusClicked({ currentTarget, detail, isTrusted }: MouseEvent<HTMLElement>): void {
  if ((detail > 0 || isTrusted) && focusedNear(currentTarget) !== currentTarget) {
    currentTarget.focus({ preventScroll: true });
  }
}

/** Focuses the element with this id in the root of `near`. */
export function focusById(near: Element | null, id: string): void {
  if (near) rootOf(near).getElementById(id)?.focus();
}
