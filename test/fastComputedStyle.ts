/** Computed style of jsdom, of the window of the test file. */
export let jsdomComputedStyle: typeof getComputedStyle;

const kindAttributes = ["hidden", "open", "popover", "type"];

/** Key of an element: attributes and parents on which `display` depends without a style sheet and an inline style. */
function kindOf({ localName, attributes, parentElement }: Element): string {
  const own = [...attributes].filter(({ name }) => kindAttributes.includes(name));
  return JSON.stringify([
    localName,
    localName === "summary" && parentElement?.localName,
    ...own.map(({ name, value }) => [name, value]),
  ]);
}

function isStyled(element: Element): boolean {
  if (element.ownerDocument.styleSheets.length > 0) return true;
  // The rows of a table are hidden otherwise.
  for (let at: Element | null = element; at; at = at.parentElement)
    if (at.hasAttribute("style") || at.localName === "table") return true;
  return false;
}

/**
 * Keeps `display` and `visibility` by kind of element. For each computed style, jsdom matches its whole style sheet against
 * the element, which takes a seventh of the time of the tests: each query by role asks for that of many elements. Every other
 * property, and every page with a style sheet or an inline style, gets the style of jsdom.
 */
export function installFastComputedStyle(): void {
  const computed = window.getComputedStyle.bind(window);
  jsdomComputedStyle = computed;
  const displays = new Map<string, string>();
  window.getComputedStyle = (element, pseudo) => {
    if (pseudo || isStyled(element)) return computed(element, pseudo);
    const kind = kindOf(element);
    let display = displays.get(kind);
    if (display === undefined) displays.set(kind, (display = computed(element).display));
    const fast: Record<string, string> = { display, visibility: "visible" };
    return new Proxy<CSSStyleDeclaration>(Object.create(CSSStyleDeclaration.prototype), {
      get(_, key) {
        if (key === "getPropertyValue") return (name: string) => fast[name] ?? computed(element).getPropertyValue(name);
        if (typeof key === "string" && Object.hasOwn(fast, key)) return fast[key];
        const style = computed(element);
        const value: unknown = Reflect.get(style, key, style);
        return typeof value === "function" ? value.bind(style) : value;
      },
    });
  };
}
