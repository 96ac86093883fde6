/** Rules of `.coviu-spoken`: invisible, but read by screen readers. */
const rules =
  "position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap";

/** Hides an element from sight, also without the style sheet. A strict CSP allows styles that are set by script. */
export function hideFromSight(element: HTMLElement): void {
  element.style.cssText = rules;
}

function reveal(element: HTMLElement | null): void {
  if (!element) return;
  hideFromSight(element);
  element.hidden = false;
}

/**
 * Attributes of an element that only screen readers read. It is `hidden` until the page is hydrated, because HTML from a
 * server has no inline styles.
 */
export const spoken = { ref: reveal, hidden: true, className: "coviu-spoken" };
