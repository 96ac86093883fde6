import { rootOf } from "../provider/dom.ts";

/**
 * What a dialog has to be inside of. Of other libraries' dialogs it is a part then: their focus traps, their clicks
 * outside and what they hide from screen readers go by the DOM. A popover would close around its page otherwise.
 */
const layers = "dialog, [popover], [role=dialog], [role=alertdialog], [aria-modal=true]";

/**
 * The node that a dialog of the kit is appended to: the nearest layer around the place where its component is rendered
 * (an open dialog, a popover, the element in full screen), else its shadow root or the body.
 */
export function portalHost(place: Element): Element | ShadowRoot {
  const root = rootOf(place);
  const layer = place.closest(layers);
  const { fullscreenElement } = root;
  if (fullscreenElement?.contains(place) && !(layer && fullscreenElement.contains(layer))) return fullscreenElement;
  return layer ?? ("host" in root ? root : root.body);
}
