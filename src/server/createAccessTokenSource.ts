import * as v from "valibot";

import { CoviuError, type CoviuErrorCode } from "../api/errors.ts";
import type { AccessToken } from "../api/tokenSource.ts";
import { within } from "../api/within.ts";

export interface AccessTokenSourceOptions {
  /** The key, or a function that reads it with each token, for builds that run where there is none (`next build`). */
  apiKey: string | (() => string | Promise<string>);
  /** The secret, or a function that reads it when it is needed. */
  apiSecret: string | (() => string | Promise<string>);
  /** `https://api.coviu.com/v1` if left out. */
  baseUrl?: string | undefined;
  fetch?: typeof globalThis.fetch | undefined;
}

type TimedToken = AccessToken & { expiresAt: number };

export type AccessTokenSource = (request?: {
  forceRefresh?: boolean | undefined;
  signal?: AbortSignal | undefined;
}) => Promise<TimedToken>;

const TokenAnswer = v.object({
  access_token: v.pipe(v.string(), v.nonEmpty()),
  refresh_token: v.optional(v.string()),
  expires_in: v.optional(v.unknown()),
});

interface Issued {
  token: TimedToken;
  refreshAt: number;
  refreshToken: string | undefined;
}

const limit = 10_000;
const shortest = 30;
const longest = 24 * 3600;

/**
 * Exchanges the clinic's key and secret for access tokens, on a server only: usable as `getAccessToken`. One request
 * for any number of callers; the next token is taken at half of a token's life; a failure is forgotten.
 *
 * @throws CoviuError `auth_required` if the key or its secret was refused, else `auth_unavailable`; without the secret,
 * the address or the answer in it.
 */
export function createAccessTokenSource({
  apiKey,
  apiSecret,
  baseUrl = "https://api.coviu.com/v1",
  fetch = (...request) => globalThis.fetch(...request),
}: AccessTokenSourceOptions): AccessTokenSource {
  if (!apiKey || !apiSecret) throw new TypeError("createAccessTokenSource needs apiKey and apiSecret.");
  let current: Issued | undefined;
  let pending: Promise<TimedToken> | undefined;

  async function ask(grant: Record<string, string>, signal: AbortSignal): Promise<Issued | undefined> {
    const key = typeof apiKey === "string" ? apiKey : await apiKey();
    const secret = typeof apiSecret === "string" ? apiSecret : await apiSecret();
    if (!key) throw failure("auth_required", "apiKey is empty");
    if (!secret) throw failure("auth_required", "apiSecret is empty");
    const response = await fetch(`${baseUrl.replace(/\/+$/, "")}/auth/token`, {
      method: "POST",
      redirect: "error",
      signal,
      headers: { authorization: `Basic ${base64(`${key}:${secret}`)}`, accept: "application/json" },
      body: new URLSearchParams(grant),
    });
    // The key or its secret is not valid any more: asking again won't help.
    if ([400, 401, 403].includes(response.status)) throw failure("auth_required");
    if (!response.ok) return undefined;
    const answer = v.parse(TokenAnswer, await response.json());
    const seconds = Number(answer.expires_in);
    const life = 1000 * Math.min(longest, Math.max(shortest, seconds > 0 ? seconds : shortest));
    const now = Date.now();
    const token = { accessToken: answer.access_token, expiresAt: now + life };
    return { token, refreshAt: now + life / 2, refreshToken: answer.refresh_token };
  }

  async function refreshOrStart(refreshToken: string | undefined, signal: AbortSignal): Promise<Issued | undefined> {
    if (refreshToken) {
      // However a refresh fails, the key and its secret can still start anew.
      const grant = { grant_type: "refresh_token", refresh_token: refreshToken };
      const refreshed = await ask(grant, signal).catch(() => undefined);
      if (refreshed) return refreshed;
    }
    return ask({ grant_type: "client_credentials" }, signal);
  }

  async function next(): Promise<TimedToken> {
    const refreshToken = current?.refreshToken;
    current = undefined;
    try {
      current = await within(limit, [], (signal) => refreshOrStart(refreshToken, signal));
      if (current) return current.token;
    } catch (error) {
      if (CoviuError.is(error)) throw error;
      // What was thrown may quote the secret, the address or the answer.
    }
    throw failure("auth_unavailable");
  }

  return async ({ forceRefresh = false, signal } = {}) => {
    signal?.throwIfAborted();
    if (current && !forceRefresh && Date.now() < current.refreshAt) return current.token;
    pending ??= next().finally(() => {
      pending = undefined;
    });
    return signal ? until(signal, pending) : pending;
  };
}

function failure(code: CoviuErrorCode, hint?: string): CoviuError {
  return new CoviuError({ code, operation: "createAccessTokenSource", outcome: "not-sent", hint });
}

/** Waits no longer than the signal says. The work itself goes on: others may wait for it too. */
function until<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}

/** Also for keys and secrets that are not ASCII. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
