import { onTestFinished } from "vitest";

/** Records the announcements of the page until the test ends, in order. */
export function recordAnnouncements(): string[] {
  const announcements: string[] = [];
  const recorded = new WeakSet<Element>();
  const observer = new MutationObserver(() => {
    for (const element of document.querySelectorAll(".coviu-spoken[aria-live] > *")) {
      if (!recorded.has(element)) announcements.push(element.textContent ?? "");
      recorded.add(element);
    }
  });
  observer.observe(document.body, { childList: true, subtree: true });
  onTestFinished(() => observer.disconnect());
  return announcements;
}
