/** Rules of `.coviu-spoken`: invisible, but read by screen readers. */
const rules =
  "position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap";

/** Hides an element from the eye, also where the style sheet is missing. Set by script, a strict CSP allows it. */
export function hideFromSight(element: HTMLElement): void {
  element.style.cssText = rules;
}

function reveal(element: HTMLElement | null): void {
  if (!element) return;
  hideFromSight(element);
  element.hidden = false;
}

/**
 * Attributes of an element that is only read out. HTML from a server has no style of its own, so it is `hidden` until
 * the page is hydrated.
 */
export const spoken = { ref: reveal, hidden: true, className: "coviu-spoken" };
