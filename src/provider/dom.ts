import type { MouseEvent } from "react";

// Elements may belong to another window, such as that of an iframe: `instanceof` does not hold for them.

export function isElement(node: unknown): node is HTMLElement {
  return typeof node === "object" && node !== null && "classList" in node;
}

function isRoot(node: Node | null): node is Document | ShadowRoot {
  return node !== null && "activeElement" in node;
}

function isShadowRoot(node: Node | null): node is ShadowRoot {
  return node !== null && "host" in node && isRoot(node);
}

/** Document or shadow root of an element, in which its ids and the focused element are found. */
export function rootOf(element: Element): Document | ShadowRoot {
  const root = element.getRootNode();
  return isRoot(root) ? root : element.ownerDocument;
}

/** The parent of an element, across the border of a shadow root. */
export function parentOf(element: Element): Element | null {
  const { parentNode } = element;
  return isShadowRoot(parentNode) ? parentNode.host : element.parentElement;
}

/** Whether `inner` is `outer` or inside of it, across the borders of shadow roots. */
export function surrounds(outer: Element, inner: Element): boolean {
  for (let element: Element | null = inner; element; element = parentOf(element)) {
    if (element === outer) return true;
  }
  return false;
}

/** The focused element: also one in the shadow root that `near` belongs to, and in open shadow roots. */
export function focusedNear(near: Element): Element | null {
  let focused = rootOf(near).activeElement ?? near.ownerDocument.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused;
}

/**
 * Whether the focus is nowhere, or only on something around `place`: browsers put it on the body when the focused
 * element goes, focus traps of other libraries on their dialog.
 */
export function isFocusLost(place: Element): boolean {
  const focused = focusedNear(place);
  return !focused || focused === place.ownerDocument.body || surrounds(focused, place);
}

/**
 * Focuses the control that was clicked: Safari on a Mac leaves the focus where it was. Not for clicks that come from a
 * script.
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
