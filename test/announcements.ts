import { onTestFinished } from "vitest";

/** Everything that the page says until the test is over, in order. */
export function recordAnnouncements(): string[] {
  const said: string[] = [];
  const heard = new WeakSet<Element>();
  const observer = new MutationObserver(() => {
    for (const line of document.querySelectorAll(".coviu-spoken[aria-live] > *")) {
      if (!heard.has(line)) said.push(line.textContent ?? "");
      heard.add(line);
    }
  });
  observer.observe(document.body, { childList: true, subtree: true });
  onTestFinished(() => observer.disconnect());
  return said;
}
