import type { Lookout, See } from "./sighting.ts";
import { textOf } from "./text.ts";
import { prototypeOf, wrap } from "./wrap.ts";

/** What stands in the page: attributes and texts, at every change and at the end, and the title. */
export function watchPage(see: See): Lookout {
  if (typeof document === "undefined") return { stop() {} };

  function seeAttribute(element: Element, attribute: string, text: string | null): void {
    if (!text) return;
    const isPrivate = element.hasAttribute("data-private");
    const place = { tag: element.localName, attribute, isPrivate };
    see({ channel: "attribute", where: `${nameOf(element)}[${attribute}]`, text, place, element });
  }

  function seeText(node: Node): void {
    const element = node.parentElement ?? undefined;
    const text = node.nodeValue?.trim();
    if (!text || (element?.localName === "title" && element.parentElement === document.head)) return;
    const place = {
      tag: node.nodeType === Node.COMMENT_NODE ? "#comment" : (element?.localName ?? ""),
      isPrivate: element?.hasAttribute("data-private") ?? false,
    };
    see({ channel: "text", where: element ? nameOf(element) : "the document", text, place, element });
  }

  function seeAll(node: Node): void {
    if (!(node instanceof Element)) seeText(node);
    else {
      for (const { name, value } of node.attributes) seeAttribute(node, name, value);
      // What was typed or set by a program stands in no attribute.
      if ("value" in node && typeof node.value === "string") seeAttribute(node, "value", node.value);
      if (node.shadowRoot) seeAll(node.shadowRoot);
      if (node instanceof HTMLTemplateElement) seeAll(node.content);
    }
    node.childNodes.forEach(seeAll);
  }

  function seeTitle(): void {
    see({ channel: "title", where: "document.title", text: document.title });
  }

  const observer = new MutationObserver((changes) => {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach(seeAll);
      else if (type === "characterData") seeText(target);
      else if (attributeName && target instanceof Element)
        seeAttribute(target, attributeName, target.getAttribute(attributeName));
    }
    seeTitle();
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  const undo = ["pushState", "replaceState"].map((name) =>
    wrap(prototypeOf("History"), name, ([state, , url]) => {
      see({ channel: "history", where: `history.${name}`, text: textOf(state) });
      see({ channel: "location", where: `history.${name}`, text: textOf(url ?? "") });
    }),
  );
  return {
    look() {
      seeAll(document);
      seeTitle();
      see({ channel: "location", where: "location", text: location.href });
      see({ channel: "history", where: "history.state", text: textOf(history.state) });
      see({ channel: "referrer", where: "document.referrer", text: document.referrer });
      see({ channel: "windowName", where: "window.name", text: window.name });
    },
    stop() {
      observer.disconnect();
      for (const end of undo) end();
    },
  };
}

/** As in a style sheet: `a.coviu-button`. */
function nameOf(element: Element): string {
  const [first] = element.classList;
  return `${element.localName}${element.id && `#${element.id}`}${first === undefined ? "" : `.${first}`}`;
}
