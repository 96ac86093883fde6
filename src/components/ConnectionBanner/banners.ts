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

const signIns = new WeakMap<CoviuClient, () => void>();

/** What leads to the sign-in, for forms that lie in front of the banner. */
export function useSignInOf(client: CoviuClient, onSignIn: (() => void) | undefined): void {
  useEffect(() => {
    if (!onSignIn) return undefined;
    signIns.set(client, onSignIn);
    return () => void (signIns.get(client) === onSignIn && signIns.delete(client));
  }, [client, onSignIn]);
}

export function signInOf(client: CoviuClient): (() => void) | undefined {
  return signIns.get(client);
}

export function hasBanner(client: CoviuClient): boolean {
  return Boolean(banners.get(client));
}
