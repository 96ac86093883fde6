import { focusedNear, rootOf } from "../provider/dom.ts";

/**
 * Elements inside of which a dialog of the kit must be rendered. Other libraries use the DOM to decide whether an element is
 * part of their dialog: for focus traps, clicks outside and `aria-hidden`. A click outside would close a popover.
 */
const layers = "dialog, [popover], [role=dialog], [role=alertdialog], [aria-modal=true]";
/** Selector of parts of the page that the user can't reach. */
const outOfReach = "[inert], [aria-hidden=true]";

/**
 * Finds the node for a dialog of the kit: the nearest layer that can be used around the place where its
 * component is rendered (an open dialog, a popover, the element in full screen), else its shadow root or the body. If the
 * component is inert because of a dialog of the app, the layer with the focus is used.
 */
export function findPortalContainer(place: Element): Element | ShadowRoot {
  const root = rootOf(place);
  const focused = place.closest(outOfReach) && focusedNear(place);
  const layer = usableLayer(focused && rootOf(focused) === root ? focused : place);
  const { fullscreenElement } = root;
  if (fullscreenElement?.contains(place) && !(layer && fullscreenElement.contains(layer))) return fullscreenElement;
  return layer ?? outermostContainer(place);
}

/** The shadow root around a place, else the body. */
export function outermostContainer(place: Element): Element | ShadowRoot {
  const root = rootOf(place);
  return "host" in root ? root : root.body;
}

function usableLayer(place: Element): Element | null {
  const layer = place.closest(layers);
  if (!layer || (isRendered(layer) && !layer.closest(outOfReach))) return layer;
  return layer.parentElement && usableLayer(layer.parentElement);
}

/** Whether an element is rendered. `true` in older browsers and jsdom, which have no `checkVisibility`. */
function isRendered(element: Element): boolean {
  return !("checkVisibility" in element) || element.checkVisibility();
}
