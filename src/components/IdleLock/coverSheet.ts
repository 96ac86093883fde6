import { rootOf } from "../../provider/dom.ts";
import { adoptSheet } from "../../ui/adoptSheet.ts";

/**
 * Hides everything but the cover, and lays the cover over the window. Needed where the style sheet does not reach: where
 * it is missing, and outside of the shadow root that has it. It stands in a layer, so that the style sheet wins.
 */
const css = `@layer coviu.cover {
  :not(.coviu-idle-lock, .coviu-idle-lock *) { visibility: hidden !important; }
  .coviu-idle-lock { visibility: visible !important; position: fixed; inset: 0; box-sizing: border-box;
    inline-size: 100%; block-size: 100%; max-inline-size: none; max-block-size: none; background: Canvas; }
}`;

/** Adds the sheet to the document or shadow root of an element until the returned function is called. */
export function addCoverSheet(element: Element): () => void {
  return adoptSheet(rootOf(element), css);
}
