/**
 * Adds rules to a document or shadow root until the returned function is called. Does not depend on other style sheets. The
 * sheet is created by script, which a strict CSP allows.
 */
export function adoptSheet(root: Document | ShadowRoot, css: string): () => void {
  const view = (root.ownerDocument ?? root).defaultView;
  // jsdom does not support `adoptedStyleSheets`.
  if (!view || !("adoptedStyleSheets" in root)) return () => {};
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
