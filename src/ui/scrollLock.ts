interface Lock {
  users: number;
  unlock: () => void;
}

const locks = new WeakMap<Document, Lock>();

/** Prevents the page behind a dialog from scrolling until the returned function is called. Does not shift the layout. */
export function lockScroll(document: Document): () => void {
  const lock = locks.get(document) ?? { users: 0, unlock: hideOverflow(document) };
  locks.set(document, lock);
  lock.users += 1;
  return () => {
    lock.users -= 1;
    if (lock.users) return;
    locks.delete(document);
    lock.unlock();
  };
}

function hideOverflow({ documentElement: root, body, defaultView }: Document): () => void {
  if (!defaultView) return () => {};
  const styleOf = (element: Element) => defaultView.getComputedStyle(element);
  const isVisible = ({ overflowX, overflowY }: CSSStyleDeclaration) =>
    overflowX === "visible" && overflowY === "visible";
  // The `overflow` of the root applies to the window. If it is `visible`, that of the body applies.
  const scroller = isVisible(styleOf(root)) && body ? body : root;
  // Another library has locked the page and will unlock it.
  if (/hidden|clip/.test(styleOf(scroller).overflowY)) return () => {};
  const widthBefore = root.clientWidth;
  const undo = [setStyle(scroller, "overflow-y", "hidden")];
  // The scrollbar is hidden, so its width is reserved. Older versions of Safari do not support `scrollbar-gutter`.
  if (root.clientWidth > widthBefore) {
    undo.push(setStyle(root, "scrollbar-gutter", "stable"));
    const gapPx = root.clientWidth - widthBefore;
    if (gapPx > 0) undo.push(setStyle(body ?? root, "border-inline-end", `${gapPx}px solid transparent`));
  }
  return () => {
    for (const reset of undo.toReversed()) reset();
  };
}

/** Sets a property by script, which every Content-Security-Policy allows. The returned function restores the value. */
function setStyle({ style }: HTMLElement, name: string, value: string): () => void {
  const [before, priority] = [style.getPropertyValue(name), style.getPropertyPriority(name)];
  style.setProperty(name, value, "important");
  return () => {
    if (before) style.setProperty(name, before, priority);
    else style.removeProperty(name);
  };
}
