/** Finds an element by its whole text, also when names and times in it are separate elements. */
export function byText(text: string | RegExp) {
  const matches = (content: string | null) => (typeof text === "string" ? content === text : text.test(content ?? ""));
  return (_: string, element: Element | null): boolean =>
    matches(element?.textContent ?? null) &&
    [...(element?.children ?? [])].every((child) => !matches(child.textContent));
}
