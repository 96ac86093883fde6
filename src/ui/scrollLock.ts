interface Lock {
  users: number;
  unlock: () => void;
}

const locks = new WeakMap<Document, Lock>();

/** Keeps the page behind a dialog from scrolling until the returned function is called. Nothing on it moves. */
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
  // The window scrolls as the root says or, where the root says nothing, as the body does.
  const scroller = isVisible(styleOf(root)) && body ? body : root;
  // Something else has locked it already, and unlocks it at a time of its own.
  if (/hidden|clip/.test(styleOf(scroller).overflowY)) return () => {};
  const width = root.clientWidth;
  const undo = [setStyle(scroller, "overflow-y", "hidden")];
  // The scrollbar has gone: its room stays. Older browsers of Safari's know no gutter.
  if (root.clientWidth > width) {
    undo.push(setStyle(root, "scrollbar-gutter", "stable"));
    const gap = root.clientWidth - width;
    if (gap > 0) undo.push(setStyle(body ?? root, "border-inline-end", `${gap}px solid transparent`));
  }
  return () => {
    for (const reset of undo.toReversed()) reset();
  };
}

/** Sets a property by script, which every Content-Security-Policy allows. The returned function puts back what was there. */
function setStyle({ style }: HTMLElement, name: string, value: string): () => void {
  const [before, priority] = [style.getPropertyValue(name), style.getPropertyPriority(name)];
  style.setProperty(name, value, "important");
  return () => {
    if (before) style.setProperty(name, before, priority);
    else style.removeProperty(name);
  };
}
