import { useInsertionEffect, useMemo, useState } from "react";

import { usePortalContainer } from "../provider/CoviuProvider.tsx";
import { outermostContainer, findPortalContainer } from "./findPortalContainer.ts";

const box = { position: "fixed", inset: "0 auto auto 0", "inline-size": "1px", "block-size": "1px" };
const hiding = ["inert", "aria-hidden"];

/**
 * An element for a portal, near the place where a component is rendered. Both are known after the first render in the
 * browser: hand `setPlace` to an element as its `ref`. With `outermost` it is outside of dialogs and popovers, which may
 * close while it is needed.
 */
export function usePortal({ outermost = false } = {}) {
  const container = usePortalContainer();
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const host = useMemo(
    () => (place ? (container ?? (outermost ? outermostContainer(place) : findPortalContainer(place))) : undefined),
    [place, container, outermost],
  );
  const portal = useMemo(() => host?.ownerDocument.createElement("div"), [host]);
  // Before the layout effects of what is in it, which can open a dialog only where it is in the page.
  useInsertionEffect(() => {
    if (!host || !portal) return undefined;
    // It takes no room between what stands there, but has a box, by which `openModal` sees whether it is rendered.
    for (const [name, value] of Object.entries(box)) portal.style.setProperty(name, value);
    host.append(portal);
    // Libraries hide everything beside a dialog of theirs. One of the kit's is above it and the only one in reach.
    const observer = new MutationObserver(() => {
      for (const name of hiding) portal.removeAttribute(name);
    });
    observer.observe(portal, { attributeFilter: hiding });
    return () => {
      observer.disconnect();
      portal.remove();
    };
  }, [host, portal]);
  return { setPlace, place, portal };
}
