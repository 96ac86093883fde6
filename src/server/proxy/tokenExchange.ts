import * as v from "valibot";

import { CoviuError, type CoviuErrorCode } from "../../api/errors.ts";
import type { AccessToken } from "../../api/tokenSource.ts";
import { type Fetch, portableFetch, readText } from "./portableFetch.ts";
import { isNode } from "./runtime.ts";
import { settleWithin, untilAborted, waitFor } from "./timers.ts";

/** An access token with its expiry, in ms since 1970. */
export type TimedToken = AccessToken & { expiresAt: number };

export interface TokenRequest {
  readKey: () => Promise<string>;
  readSecret: () => Promise<string>;
  /** Requests a new token, even if the current one has not expired. */
  forceRefresh?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

const TokenResponse = v.object({
  access_token: v.pipe(v.string(), v.nonEmpty()),
  refresh_token: v.optional(v.string()),
  expires_in: v.optional(v.unknown()),
});

interface Issued {
  token: TimedToken;
  /** In ms since 1970. */
  refreshAt: number;
  refreshToken: string | undefined;
}

/** An exchange in progress. Other callers poll it until it has failed or is gone. */
interface Exchange {
  startedAt: number;
  /** Ends the waits of other callers. */
  wakes: Set<() => void>;
  failure?: unknown;
}

const timeoutMs = 10_000;
const pollEveryMs = 20;
const minLifetimeSeconds = 30;
const maxLifetimeSeconds = 24 * 3600;
const maxResponseBytes = 65_536;

/**
 * Exchanges the clinic's key and secret for access tokens (`POST /auth/token`, RFC 6749 section 4.4): one request for
 * any number of callers. Callers share plain data and poll it: in workerd, a request must not wait for a promise of
 * another request. If the request of an exchange ends without cleanup, the exchange starts again after 10 s.
 */
export function createTokenExchange({ baseUrl, fetch }: { baseUrl: string; fetch: Fetch }) {
  const url = `${baseUrl.replace(/\/+$/, "")}/auth/token`;
  let current: Issued | undefined;
  let exchange: Exchange | undefined;

  async function requestToken(
    grant: Record<string, string>,
    { readKey, readSecret }: TokenRequest,
    signal: AbortSignal,
  ): Promise<Issued | undefined> {
    const key = await readKey();
    const secret = await readSecret();
    if (!key) throw failure("auth_required", "apiKey is empty");
    if (!secret) throw failure("auth_required", "apiSecret is empty");
    const headers = new Headers({
      authorization: `Basic ${base64(`${key}:${secret}`)}`,
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded;charset=UTF-8",
    });
    signal.throwIfAborted();
    const body = new URLSearchParams(grant).toString();
    const response = await portableFetch(fetch, { url, method: "POST", headers, body, signal });
    // The key or its secret is not valid any more, so a retry can't succeed.
    if ([400, 401, 403].includes(response.status)) throw failure("auth_required");
    if (!response.ok) return undefined;
    const issued = v.parse(TokenResponse, JSON.parse(await readText(response, maxResponseBytes)));
    const seconds = Number(issued.expires_in);
    const lifetimeMs =
      1000 * Math.min(maxLifetimeSeconds, Math.max(minLifetimeSeconds, seconds > 0 ? seconds : minLifetimeSeconds));
    const now = Date.now();
    const token = { accessToken: issued.access_token, expiresAt: now + lifetimeMs };
    return { token, refreshAt: now + lifetimeMs / 2, refreshToken: issued.refresh_token };
  }

  async function refreshOrStart(
    refreshToken: string | undefined,
    request: TokenRequest,
    signal: AbortSignal,
  ): Promise<Issued | undefined> {
    if (refreshToken) {
      // After any failure of the refresh, the key and its secret can still get a new token.
      const grant = { grant_type: "refresh_token", refresh_token: refreshToken };
      const refreshed = await requestToken(grant, request, signal).catch(() => undefined);
      if (refreshed) return refreshed;
    }
    return requestToken({ grant_type: "client_credentials" }, request, signal);
  }

  async function runExchange(own: Exchange, request: TokenRequest): Promise<TimedToken> {
    const refreshToken = current?.refreshToken;
    current = undefined;
    const controller = new AbortController();
    try {
      const issued = await settleWithin(timeoutMs, refreshOrStart(refreshToken, request, controller.signal));
      if (issued) {
        current = issued;
        return issued.token;
      }
    } catch (error) {
      if (CoviuError.is(error)) own.failure = error;
      // The thrown error may quote the secret, the address or the response.
    } finally {
      controller.abort();
      if (!current) own.failure ??= failure("auth_unavailable");
      if (exchange === own) exchange = undefined;
      if (isNode()) for (const wake of own.wakes) wake();
    }
    throw own.failure;
  }

  /** Waits for the exchange of another caller. @returns `undefined` if that one ended without a result. */
  async function waitForExchange(other: Exchange, signal: AbortSignal | undefined): Promise<TimedToken | undefined> {
    const isInProgress = () => exchange === other && performance.now() < other.startedAt + timeoutMs;
    while (isInProgress()) {
      // oxlint-disable-next-line no-await-in-loop -- until it has ended
      await waitFor(isNode() ? timeoutMs : pollEveryMs, signal, (end) => other.wakes.add(end));
      signal?.throwIfAborted();
    }
    if (other.failure !== undefined) throw other.failure;
    if (exchange === other) exchange = undefined;
    return exchange ? undefined : current?.token;
  }

  return async (request: TokenRequest): Promise<TimedToken> => {
    const { forceRefresh = false, signal } = request;
    signal?.throwIfAborted();
    if (current && !forceRefresh && Date.now() < current.refreshAt) return current.token;
    while (exchange) {
      // oxlint-disable-next-line no-await-in-loop -- one exchange after the other
      const token = await waitForExchange(exchange, signal);
      if (token) return token;
    }
    const own: Exchange = { startedAt: performance.now(), wakes: new Set() };
    exchange = own;
    // The exchange itself goes on after an abort: other callers may wait for it too.
    const work = runExchange(own, request);
    return signal ? untilAborted(signal, work) : work;
  };
}

export function failure(code: CoviuErrorCode, hint?: string): CoviuError {
  return new CoviuError({ code, operation: "createAccessTokenSource", outcome: "not-sent", hint });
}

/** Encodes as UTF-8 first: `btoa` accepts no other characters. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
