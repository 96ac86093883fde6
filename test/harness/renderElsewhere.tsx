import { act } from "@testing-library/react";
import type { ReactElement } from "react";
import { createRoot } from "react-dom/client";
import { expect, onTestFinished } from "vitest";

import { withCoviu } from "../render.tsx";

/** Renders in a shadow root, with or without a style sheet in it. Unmounts after the test. */
export function renderInShadow(ui: ReactElement, css?: string, mode: ShadowRootMode = "open"): ShadowRoot {
  const container = document.body.appendChild(document.createElement("div"));
  const shadow = container.attachShadow({ mode });
  if (css !== undefined) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
  }
  renderInto(shadow.appendChild(document.createElement("div")), container, ui);
  return shadow;
}

/** Renders in the document of an iframe, which `prepare` can change first. Unmounts after the test. */
export function renderInFrame(ui: ReactElement, prepare: (inner: Document) => void = () => {}): Document {
  const frame = document.body.appendChild(document.createElement("iframe"));
  frame.style.cssText = "inline-size: 1200px; block-size: 760px";
  const inner = frame.contentDocument ?? expect.fail();
  prepare(inner);
  renderInto(inner.body, frame, ui);
  return inner;
}

/** Adds a style sheet to the head of a document. */
export function addStyles(inner: Document, css: string): HTMLStyleElement {
  const style = inner.createElement("style");
  style.textContent = css;
  return inner.head.appendChild(style);
}

function renderInto(element: Element, container: Element, ui: ReactElement): void {
  const root = createRoot(element);
  act(() => root.render(withCoviu(ui)));
  onTestFinished(() => {
    act(() => root.unmount());
    container.remove();
  });
}
