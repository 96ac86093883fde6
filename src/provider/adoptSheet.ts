const sheets = new WeakMap<Document, Map<string, CSSStyleSheet>>();

/**
 * Adds rules to a document or shadow root until the returned function is called, whatever style sheets the page has. The
 * sheet is made by script, which a strict CSP allows.
 */
export function adoptSheet(root: Document | ShadowRoot, css: string): () => void {
  const document = root.ownerDocument ?? root;
  const view = document.defaultView;
  // jsdom has no such sheets.
  if (!view || !("adoptedStyleSheets" in root)) return () => {};
  const known = sheets.get(document) ?? new Map<string, CSSStyleSheet>();
  sheets.set(document, known);
  const sheet = known.get(css) ?? new view.CSSStyleSheet();
  if (!known.has(css)) sheet.replaceSync(css);
  known.set(css, sheet);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => {
    // Once: it may have been added several times.
    const index = root.adoptedStyleSheets.lastIndexOf(sheet);
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((_, at) => at !== index);
  };
}
