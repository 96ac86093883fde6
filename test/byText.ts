/** Finds a sentence by its words, where the names and times in it are elements of their own. */
export function byText(text: string | RegExp) {
  const matches = (content: string | null) => (typeof text === "string" ? content === text : text.test(content ?? ""));
  return (_: string, element: Element | null): boolean =>
    matches(element?.textContent ?? null) &&
    [...(element?.children ?? [])].every((child) => !matches(child.textContent));
}
