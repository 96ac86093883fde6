import { type CSSProperties, useSyncExternalStore } from "react";

const attributes = ["dir", "lang", "data-coviu-theme"];
const tokens = ["--coviu-brand", "--coviu-radius", "--coviu-size", "--coviu-layer", "--coviu-top"];

/**
 * Attributes that a portal does not inherit, copied from where the component is rendered. `dir`, `lang` and the theme are
 * updated when they change, custom properties when the component renders.
 */
export function useInheritedAttributes(place: HTMLElement | null): Record<string, string> & { style?: CSSProperties } {
  const found = useSyncExternalStore(
    watch,
    // A snapshot must be the same value until something changes, so it is a string.
    () =>
      JSON.stringify({
        ...Object.fromEntries(
          attributes.map((name) => [name, place?.closest(`[${name}]`)?.getAttribute(name) ?? undefined]),
        ),
        style: place && styleOf(place),
      }),
    () => "{}",
  );
  return JSON.parse(found);
}

/** Custom properties of the app, and its `color-scheme` where it differs from that of the page and no theme is set. */
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
  observer.observe(document.documentElement, { subtree: true, attributeFilter: attributes });
  return () => observer.disconnect();
}
