import { textOf } from "./decoding.ts";
import type { Observe, Watcher } from "./observation.ts";
import { prototypeOf, wrap } from "./wrap.ts";

/** Observes attributes and texts of the page at every change, its title, address and history. */
export function watchPage(observe: Observe): Watcher {
  if (typeof document === "undefined") return { stop() {} };

  function observeAttribute(element: Element, attribute: string, text: string | null): void {
    if (!text) return;
    const isPrivate = element.hasAttribute("data-private");
    const place = { tag: element.localName, attribute, isPrivate };
    observe({ channel: "attribute", where: `${nameOf(element)}[${attribute}]`, text, place, element });
  }

  function observeText(node: Node): void {
    const element = node.parentElement ?? undefined;
    const text = node.nodeValue?.trim();
    if (!text || (element?.localName === "title" && element.parentElement === document.head)) return;
    const place = {
      tag: node.nodeType === Node.COMMENT_NODE ? "#comment" : (element?.localName ?? ""),
      isPrivate: element?.hasAttribute("data-private") ?? false,
    };
    observe({ channel: "text", where: element ? nameOf(element) : "the document", text, place, element });
  }

  function observeAll(node: Node): void {
    if (!(node instanceof Element)) observeText(node);
    else {
      for (const { name, value } of node.attributes) observeAttribute(node, name, value);
      // The current value of a field is a property, not an attribute.
      if ("value" in node && typeof node.value === "string") observeAttribute(node, "value", node.value);
      if (node.shadowRoot) observeAll(node.shadowRoot);
      if (node instanceof HTMLTemplateElement) observeAll(node.content);
    }
    node.childNodes.forEach(observeAll);
  }

  function observeTitle(): void {
    observe({ channel: "title", where: "document.title", text: document.title });
  }

  const observer = new MutationObserver((changes) => {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach(observeAll);
      else if (type === "characterData") observeText(target);
      else if (attributeName && target instanceof Element)
        observeAttribute(target, attributeName, target.getAttribute(attributeName));
    }
    observeTitle();
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  const undo = ["pushState", "replaceState"].map((name) =>
    wrap(prototypeOf("History"), name, ([state, , url]) => {
      observe({ channel: "history", where: `history.${name}`, text: textOf(state) });
      observe({ channel: "location", where: `history.${name}`, text: textOf(url ?? "") });
    }),
  );
  return {
    collect() {
      observeAll(document);
      observeTitle();
      observe({ channel: "location", where: "location", text: location.href });
      observe({ channel: "history", where: "history.state", text: textOf(history.state) });
      observe({ channel: "referrer", where: "document.referrer", text: document.referrer });
      observe({ channel: "windowName", where: "window.name", text: window.name });
    },
    stop() {
      observer.disconnect();
      for (const restore of undo) restore();
    },
  };
}

/** Names an element by a selector such as `a.coviu-button`. */
function nameOf(element: Element): string {
  const [first] = element.classList;
  return `${element.localName}${element.id && `#${element.id}`}${first === undefined ? "" : `.${first}`}`;
}
