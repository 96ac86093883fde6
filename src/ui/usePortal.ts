import { useInsertionEffect, useMemo, useState } from "react";

import { usePortalContainer } from "../provider/CoviuProvider.tsx";
import { portalHost } from "./portalHost.ts";

/**
 * An element for a portal, near the place where a component is rendered. Both are known after the first render in the
 * browser: hand `setPlace` to an element as its `ref`.
 */
export function usePortal() {
  const container = usePortalContainer();
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const host = useMemo(() => (place ? (container ?? portalHost(place)) : undefined), [place, container]);
  const portal = useMemo(() => host?.ownerDocument.createElement("div"), [host]);
  // Before the layout effects of what is in it, which can open a dialog only where it is in the page.
  useInsertionEffect(() => {
    if (!host || !portal) return undefined;
    // It takes no room between what stands there.
    portal.style.setProperty("display", "contents");
    host.append(portal);
    return () => portal.remove();
  }, [host, portal]);
  return { setPlace, place, portal };
}
