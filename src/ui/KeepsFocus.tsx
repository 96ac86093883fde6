import { type RefObject, useLayoutEffect } from "react";

import { focusedNear } from "../provider/dom.ts";

/** The keyboard goes on from a place when the button it was on leaves, with this, for what the button was for. */
export function KeepsFocus({ within: root }: { within: RefObject<HTMLElement | null> }) {
  useLayoutEffect(
    () => () => {
      if (root.current?.contains(focusedNear(root.current))) root.current.focus();
    },
    [root],
  );
  return null;
}
