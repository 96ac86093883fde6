const focusable = "a[href], button, input, select, textarea, summary, [tabindex]";

/** The elements in `root` that the Tab key reaches, in its order. */
export function tabbableIn(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(focusable)].filter(
    (element) =>
      element.tabIndex >= 0 &&
      !element.matches(":disabled") &&
      !element.closest("[hidden], [inert]") &&
      (element.checkVisibility?.({ visibilityProperty: true }) ?? true),
  );
}
