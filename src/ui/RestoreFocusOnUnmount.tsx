import { type RefObject, useLayoutEffect } from "react";

import { focusedNear } from "../provider/dom.ts";

interface RestoreFocusOnUnmountProps {
  /** Element that gets the focus. It needs a `tabIndex`. */
  within: RefObject<HTMLElement | null>;
}

/** Moves the focus from inside an element to the element itself when this unmounts, together with a focused button. */
export function RestoreFocusOnUnmount({ within: root }: RestoreFocusOnUnmountProps) {
  useLayoutEffect(
    () => () => {
      if (root.current?.contains(focusedNear(root.current))) root.current.focus();
    },
    [root],
  );
  return null;
}
