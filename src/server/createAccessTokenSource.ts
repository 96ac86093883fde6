import * as v from "valibot";

import { CoviuError } from "../api/errors.ts";
import type { AccessToken } from "../api/tokenSource.ts";

export interface AccessTokenSourceOptions {
  apiKey: string;
  /** The secret, or a function that reads it when it is needed. */
  apiSecret: string | (() => string | Promise<string>);
  /** `https://api.coviu.com/v1` if left out. */
  baseUrl?: string | undefined;
  fetch?: typeof globalThis.fetch | undefined;
}

export type AccessTokenSource = (request?: {
  forceRefresh?: boolean | undefined;
  signal?: AbortSignal | undefined;
}) => Promise<Required<AccessToken>>;

const TokenAnswer = v.object({
  access_token: v.string(),
  refresh_token: v.optional(v.string()),
  expires_in: v.optional(v.unknown()),
});

const limit = 10_000;
const shortest = 30;
const longest = 24 * 3600;

/**
 * Exchanges the clinic's key and secret for access tokens, on a server only: usable as `getAccessToken`. One request
 * for any number of callers; the next token is taken at half of a token's life; a failure is forgotten.
 *
 * @throws CoviuError `auth_unavailable`, without the secret, the address or the answer in it.
 */
export function createAccessTokenSource({
  apiKey,
  apiSecret,
  baseUrl = "https://api.coviu.com/v1",
  fetch = (...request) => globalThis.fetch(...request),
}: AccessTokenSourceOptions): AccessTokenSource {
  if (!apiKey || !apiSecret) throw new TypeError("createAccessTokenSource needs apiKey and apiSecret.");
  let current: { token: Required<AccessToken>; refreshAt: number; refreshToken: string | undefined } | undefined;
  let pending: Promise<Required<AccessToken>> | undefined;

  async function ask(grant: Record<string, string>): Promise<Required<AccessToken> | undefined> {
    const secret = typeof apiSecret === "string" ? apiSecret : await apiSecret();
    const response = await fetch(`${baseUrl.replace(/\/+$/, "")}/auth/token`, {
      method: "POST",
      redirect: "error",
      signal: AbortSignal.timeout(limit),
      headers: { authorization: `Basic ${base64(`${apiKey}:${secret}`)}`, accept: "application/json" },
      body: new URLSearchParams(grant),
    });
    if (!response.ok) return undefined;
    const answer = v.parse(TokenAnswer, await response.json());
    const seconds = Number(answer.expires_in);
    const life = 1000 * Math.min(longest, Math.max(shortest, seconds > 0 ? seconds : shortest));
    const token = { accessToken: answer.access_token, expiresAt: Date.now() + life };
    current = { token, refreshAt: Date.now() + life / 2, refreshToken: answer.refresh_token };
    return token;
  }

  async function next(): Promise<Required<AccessToken>> {
    const refreshToken = current?.refreshToken;
    current = undefined;
    try {
      const refreshed = refreshToken && (await ask({ grant_type: "refresh_token", refresh_token: refreshToken }));
      const token = refreshed || (await ask({ grant_type: "client_credentials" }));
      if (token) return token;
    } catch {
      // What was thrown may quote the secret, the address or the answer.
    }
    throw new CoviuError({ code: "auth_unavailable", operation: "createAccessTokenSource", outcome: "not-sent" });
  }

  return async ({ forceRefresh = false, signal } = {}) => {
    signal?.throwIfAborted();
    if (current && !forceRefresh && Date.now() < current.refreshAt) return current.token;
    pending ??= next().finally(() => {
      pending = undefined;
    });
    return pending;
  };
}

/** Also for keys and secrets that are not ASCII. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
