import { warnOnce } from "../api/development.ts";
import { rootOf } from "../provider/dom.ts";

const checked = new WeakSet<Node>();
/** Time in ms after the page has loaded in which a script may still add the style sheet. */
const graceMs = 2000;

/**
 * Reports once, in development, that the style sheet is missing in the document or shadow root of an element. Does nothing
 * without a layout, as in jsdom.
 */
export function checkStyleSheet(place: Element): void {
  const root = rootOf(place);
  const view = place.ownerDocument.defaultView;
  if (!view || checked.has(root)) return;
  checked.add(root);
  const check = () => view.setTimeout(() => report(place), graceMs);
  if (place.ownerDocument.readyState === "complete") check();
  else view.addEventListener("load", check, { once: true });
}

function report(place: Element): void {
  const component = place.closest(".coviu");
  const root = rootOf(place);
  if (!component?.isConnected || component.getClientRects().length === 0) {
    // The component was removed or is not rendered. The next component is checked instead.
    checked.delete(root);
    return;
  }
  if (getComputedStyle(component).getPropertyValue("--coviu-text-m")) return;
  const loading = [...root.querySelectorAll<HTMLLinkElement>("link[rel~=stylesheet]")].find(({ sheet }) => !sheet);
  if (loading) {
    const reportAgain = () => report(place);
    loading.addEventListener("load", reportAgain, { once: true });
    loading.addEventListener("error", reportAgain, { once: true });
    return;
  }
  warnOnce(
    "style sheet",
    'The style sheet is missing, so the components have no layout. Add `import "coviu-react/styles.css"` where your app starts.' +
      " A shadow root needs a sheet of its own, in a <link> or in adoptedStyleSheets.",
  );
}
