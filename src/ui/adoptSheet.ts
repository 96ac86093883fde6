/**
 * Adds rules to a document or shadow root until the returned function is called, whatever style sheets the page has. The
 * sheet is made by script, which a strict CSP allows.
 */
export function adoptSheet(root: Document | ShadowRoot, css: string): () => void {
  const view = (root.ownerDocument ?? root).defaultView;
  // jsdom has no such sheets.
  if (!view || !("adoptedStyleSheets" in root)) return () => {};
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
