import { useEffect } from "react";

import type { CoviuClient } from "../../api/client.ts";

const banners = new WeakMap<CoviuClient, number>();

/** While there is a banner for a client, its views leave the telling to it. */
export function useBannerOf(client: CoviuClient): void {
  useEffect(() => {
    const add = (count: number) => banners.set(client, (banners.get(client) ?? 0) + count);
    add(1);
    return () => void add(-1);
  }, [client]);
}

export function hasBanner(client: CoviuClient): boolean {
  return Boolean(banners.get(client));
}
