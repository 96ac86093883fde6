import { useInsertionEffect, useMemo, useState } from "react";

import { usePortalContainer } from "../provider/CoviuProvider.tsx";
import { outermostContainer, findPortalContainer } from "./findPortalContainer.ts";

const box = { position: "fixed", inset: "0 auto auto 0", "inline-size": "1px", "block-size": "1px" };
const hidingAttributes = ["inert", "aria-hidden"];

/**
 * Creates an element for a portal, near the place where a component is rendered. Pass `setPlace` to an element as its `ref`.
 * `place` and `portal` are set after the first render in the browser. With `outermost` the portal is outside of dialogs and
 * popovers, which may close while it is needed.
 */
export function usePortal({ outermost = false } = {}) {
  const container = usePortalContainer();
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const host = useMemo(
    () => (place ? (container ?? (outermost ? outermostContainer(place) : findPortalContainer(place))) : undefined),
    [place, container, outermost],
  );
  const portal = useMemo(() => host?.ownerDocument.createElement("div"), [host]);
  // Insertion effects run before layout effects. A layout effect opens the dialog, which has to be in the page by then.
  useInsertionEffect(() => {
    if (!host || !portal) return undefined;
    // The portal does not change the layout. It has a box, so that `openModal` can detect whether it is rendered.
    for (const [name, value] of Object.entries(box)) portal.style.setProperty(name, value);
    host.append(portal);
    // Other libraries hide all elements beside their dialog. A dialog of the kit is above it and must stay accessible.
    const observer = new MutationObserver(() => {
      for (const name of hidingAttributes) portal.removeAttribute(name);
    });
    observer.observe(portal, { attributeFilter: hidingAttributes });
    return () => {
      observer.disconnect();
      portal.remove();
    };
  }, [host, portal]);
  return { setPlace, place, portal };
}
