import { type RefObject, useLayoutEffect } from "react";

/** The keyboard goes on from a place when the button it was on leaves, with this, for what the button was for. */
export function KeepsFocus({ within: root }: { within: RefObject<HTMLElement | null> }) {
  useLayoutEffect(
    () => () => {
      if (root.current?.contains(document.activeElement)) root.current.focus();
    },
    [root],
  );
  return null;
}
