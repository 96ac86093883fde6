import { type CSSProperties, useSyncExternalStore } from "react";

const marks = ["dir", "lang", "data-coviu-theme"];
const tokens = ["--coviu-brand", "--coviu-radius", "--coviu-size", "--coviu-layer", "--coviu-top"];

/**
 * What a portal leaves behind: direction, language and theme of the place where its component stands, as they change,
 * and the brand that it had when this was last rendered.
 */
export function useSurroundings(place: HTMLElement | null): Record<string, string> & { style?: CSSProperties } {
  const found = useSyncExternalStore(
    watch,
    // A text is the same as long as nothing changes. What a place does not have is left out of it.
    () =>
      JSON.stringify({
        ...Object.fromEntries(
          marks.map((mark) => [mark, place?.closest(`[${mark}]`)?.getAttribute(mark) ?? undefined]),
        ),
        style: place && styleOf(place),
      }),
    () => "{}",
  );
  return JSON.parse(found);
}

/** Custom properties that an app sets, and its colour scheme where that is not the page's and no attribute tells it. */
function styleOf(place: HTMLElement): Record<string, string | undefined> {
  const style = getComputedStyle(place);
  const { colorScheme } = style;
  const isOwn = colorScheme !== getComputedStyle(place.ownerDocument.body).colorScheme;
  return {
    colorScheme: isOwn && !place.closest("[data-coviu-theme]") ? colorScheme : undefined,
    ...Object.fromEntries(tokens.map((token) => [token, style.getPropertyValue(token) || undefined])),
  };
}

function watch(notify: () => void): () => void {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { subtree: true, attributeFilter: marks });
  return () => observer.disconnect();
}
