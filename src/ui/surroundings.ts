import { useSyncExternalStore } from "react";

const marks = ["dir", "lang", "data-coviu-theme"];

/** What a portal leaves behind: direction, language and theme of the place where its component stands, as they change. */
export function useSurroundings(place: HTMLElement | null): Record<string, string> {
  const found = useSyncExternalStore(
    watch,
    () => JSON.stringify(marks.map((mark) => [mark, place?.closest(`[${mark}]`)?.getAttribute(mark)])),
    () => "[]",
  );
  const pairs: [string, string | null | undefined][] = JSON.parse(found);
  return Object.fromEntries(pairs.flatMap(([mark, value]) => (typeof value === "string" ? [[mark, value]] : [])));
}

function watch(notify: () => void): () => void {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { subtree: true, attributeFilter: marks });
  return () => observer.disconnect();
}
