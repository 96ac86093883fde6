import { rootOf } from "../../provider/dom.ts";

/**
 * Hides everything but the cover, and lays the cover over the window. Needed where the style sheet does not reach: where
 * it is missing, and outside of the shadow root that has it. It stands in a layer, so that the style sheet wins.
 */
const css = `@layer coviu.cover {
  :not(.coviu-idle-lock, .coviu-idle-lock *) { visibility: hidden !important; }
  .coviu-idle-lock { visibility: visible !important; position: fixed; inset: 0; box-sizing: border-box;
    inline-size: 100%; block-size: 100%; max-inline-size: none; max-block-size: none; background: Canvas; }
}`;

const sheets = new WeakMap<Document, CSSStyleSheet>();

/**
 * Adds the sheet to the document or shadow root of an element until the returned function is called. It is made by
 * script, which a strict CSP allows.
 */
export function addCoverSheet(element: Element): () => void {
  const root = rootOf(element);
  const { ownerDocument: document } = element;
  const view = document.defaultView;
  // jsdom has no such sheets.
  if (!view || !("adoptedStyleSheets" in root)) return () => {};
  const sheet = sheets.get(document) ?? new view.CSSStyleSheet();
  if (!sheets.has(document)) sheet.replaceSync(css);
  sheets.set(document, sheet);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => {
    // Once: several covers may have added it.
    const index = root.adoptedStyleSheets.indexOf(sheet);
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((_, at) => at !== index);
  };
}
