import { adoptSheet } from "./adoptSheet.ts";
import { rootOf } from "./dom.ts";

/** Hides all components from the eye and from screen readers. The cover of `IdleLock` shows no data of anybody's. */
const css = `:is(.coviu, .coviu *):not(.coviu-idle-lock, .coviu-idle-lock *) {
  visibility: hidden !important;
  transition: none !important;
}`;

interface Tracked {
  components: number;
  show?: (() => void) | undefined;
}

/** Documents and shadow roots with components in them. */
const roots = new Map<Document | ShadowRoot, Tracked>();
let isHidden = false;

/** Notes that a component stands in the document or shadow root of an element, until the returned function is called. */
export function trackRoot(element: Element): () => void {
  const root = rootOf(element);
  const tracked = roots.get(root) ?? { components: 0 };
  roots.set(root, tracked);
  tracked.components += 1;
  update(root, tracked);
  return () => {
    tracked.components -= 1;
    update(root, tracked);
  };
}

/** Hides the components of the kit wherever they stand, or shows them again. `data-coviu-away` tells the app's styles. */
export function setComponentsHidden(hidden: boolean): void {
  isHidden = hidden;
  document.documentElement.toggleAttribute("data-coviu-away", hidden);
  for (const [root, tracked] of roots) update(root, tracked);
}

function update(root: Document | ShadowRoot, tracked: Tracked): void {
  const { components, show } = tracked;
  if (isHidden && components) tracked.show = show ?? adoptSheet(root, css);
  else {
    show?.();
    tracked.show = undefined;
  }
  if (!components) roots.delete(root);
}
