/** Everything that the page says from now on, in order. */
export function listen(): string[] {
  const said: string[] = [];
  const note = () => {
    for (const region of document.querySelectorAll(".coviu-spoken[aria-live]")) {
      for (const line of region.children) if (!heard.has(line)) said.push(line.textContent ?? "");
      for (const line of region.children) heard.add(line);
    }
  };
  const heard = new WeakSet<Element>();
  new MutationObserver(note).observe(document.body, { childList: true, subtree: true });
  return said;
}
