import { useSyncExternalStore } from "react";

const marks = ["dir", "lang", "data-coviu-theme"];

/** What a portal leaves behind: direction, language and theme of the place where its component stands, as they change. */
export function useSurroundings(place: HTMLElement | null): Record<string, string> {
  const found = useSyncExternalStore(
    watch,
    // A text is the same as long as nothing changes. What a place does not have is left out of it.
    () =>
      JSON.stringify(
        Object.fromEntries(marks.map((mark) => [mark, place?.closest(`[${mark}]`)?.getAttribute(mark) ?? undefined])),
      ),
    () => "{}",
  );
  return JSON.parse(found);
}

function watch(notify: () => void): () => void {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { subtree: true, attributeFilter: marks });
  return () => observer.disconnect();
}
