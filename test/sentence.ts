/** Finds a sentence by its words, where the names in it are elements of their own. */
export function sentence(text: string) {
  return (_: string, element: Element | null): boolean =>
    element?.textContent === text && [...element.children].every((child) => child.textContent !== text);
}
