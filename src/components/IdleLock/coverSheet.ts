import { rootOf } from "../../provider/dom.ts";
import { adoptSheet } from "../../ui/adoptSheet.ts";

/**
 * Hides everything but the cover, and makes the cover fill the window. Needed where the style sheet of the kit does not
 * apply: if it is missing, or belongs to a shadow root. It is in a cascade layer, so that the style sheet has priority.
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
