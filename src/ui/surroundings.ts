/** What a portal leaves behind: direction, language and theme of the place where its component stands. */
export function surroundingsOf(place: HTMLElement | null) {
  return {
    dir: place?.closest("[dir]")?.getAttribute("dir") ?? undefined,
    lang: place?.closest("[lang]")?.getAttribute("lang") ?? undefined,
    "data-coviu-theme": place?.closest("[data-coviu-theme]")?.getAttribute("data-coviu-theme") ?? undefined,
  };
}
