import { rootOf } from "../provider/dom.ts";
import { signInUnconfirmed } from "../provider/hideUntilSignInConfirmed.ts";
import { adoptSheet } from "./adoptSheet.ts";

/** Hides components from sight and from screen readers. The cover of `IdleLock` stays visible, because it has no data. */
const css = `:is(.coviu, .coviu *):not(.coviu-idle-lock, .coviu-idle-lock *) {
  visibility: hidden !important;
  transition: none !important;
}`;

/** Number of components in each document and shadow root. */
const roots = new Map<Document | ShadowRoot, { components: number; stop: () => void }>();

/**
 * Hides the components in the document or shadow root of an element while the sign-in is not confirmed. Each
 * component calls it once, and the returned function when it unmounts.
 */
export function hideWhileUnconfirmed(element: Element): () => void {
  const root = rootOf(element);
  const known = roots.get(root) ?? { components: 0, stop: watchRoot(root) };
  roots.set(root, known);
  known.components += 1;
  return () => {
    known.components -= 1;
    if (known.components) return;
    roots.delete(root);
    known.stop();
  };
}

function watchRoot(root: Document | ShadowRoot): () => void {
  let show: (() => void) | undefined;
  function update(): void {
    if (signInUnconfirmed.get()) show ??= adoptSheet(root, css);
    else {
      show?.();
      show = undefined;
    }
  }
  update();
  const unsubscribe = signInUnconfirmed.subscribe(update);
  return () => {
    unsubscribe();
    show?.();
  };
}
