import * as v from "valibot";

import { CoviuError, type CoviuErrorCode } from "../../api/errors.ts";
import type { AccessToken } from "../../api/tokenSource.ts";
import { isNode } from "./runtime.ts";
import { pauseFor, settledWithin } from "./scope.ts";
import { type Fetch, readText, sendOnce } from "./sendOnce.ts";

export type TimedToken = AccessToken & { expiresAt: number };

export interface TokenRequest {
  readKey: () => Promise<string>;
  readSecret: () => Promise<string>;
  /** Asks for a new token, whatever the life of the current one. */
  forceRefresh?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

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

/** An exchange under way. Others look at it until it has failed or is gone. */
interface Exchange {
  startedAt: number;
  /** Ends the pauses of those who look at it. */
  wakes: Set<() => void>;
  failure?: unknown;
}

const timeoutMs = 10_000;
const pollEveryMs = 20;
const minLifeSeconds = 30;
const maxLifeSeconds = 24 * 3600;
const maxAnswerBytes = 65_536;

/**
 * Exchanges the clinic's key and secret for access tokens: one request for any number of callers. What they share is
 * plain data, which each of them polls: in workerd, one request must not wait for a promise of another one. An exchange
 * whose request has ended without a word is started again after 10 s.
 */
export function createTokenExchange({ baseUrl, fetch }: { baseUrl: string; fetch: Fetch }) {
  const url = `${baseUrl.replace(/\/+$/, "")}/auth/token`;
  let current: Issued | undefined;
  let exchange: Exchange | undefined;

  async function ask(
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
    const response = await sendOnce(fetch, { url, method: "POST", headers, body, signal });
    // The key or its secret is not valid any more: asking again won't help.
    if ([400, 401, 403].includes(response.status)) throw failure("auth_required");
    if (!response.ok) return undefined;
    const answer = v.parse(TokenAnswer, JSON.parse(await readText(response, maxAnswerBytes)));
    const seconds = Number(answer.expires_in);
    const lifeMs = 1000 * Math.min(maxLifeSeconds, Math.max(minLifeSeconds, seconds > 0 ? seconds : minLifeSeconds));
    const now = Date.now();
    const token = { accessToken: answer.access_token, expiresAt: now + lifeMs };
    return { token, refreshAt: now + lifeMs / 2, refreshToken: answer.refresh_token };
  }

  async function refreshOrStart(
    refreshToken: string | undefined,
    request: TokenRequest,
    signal: AbortSignal,
  ): Promise<Issued | undefined> {
    if (refreshToken) {
      // However a refresh fails, the key and its secret can still start anew.
      const grant = { grant_type: "refresh_token", refresh_token: refreshToken };
      const refreshed = await ask(grant, request, signal).catch(() => undefined);
      if (refreshed) return refreshed;
    }
    return ask({ grant_type: "client_credentials" }, request, signal);
  }

  async function next(own: Exchange, request: TokenRequest): Promise<TimedToken> {
    const refreshToken = current?.refreshToken;
    current = undefined;
    const controller = new AbortController();
    try {
      const issued = await settledWithin(timeoutMs, refreshOrStart(refreshToken, request, controller.signal));
      if (issued) {
        current = issued;
        return issued.token;
      }
    } catch (error) {
      if (CoviuError.is(error)) own.failure = error;
      // What was thrown may quote the secret, the address or the answer.
    } finally {
      controller.abort();
      if (!current) own.failure ??= failure("auth_unavailable");
      if (exchange === own) exchange = undefined;
      if (isNode()) for (const wake of own.wakes) wake();
    }
    throw own.failure;
  }

  /** Follows the exchange of another caller. `undefined` if that one has ended without a word. */
  async function followed(other: Exchange, signal: AbortSignal | undefined): Promise<TimedToken | undefined> {
    const isUnderWay = () => exchange === other && performance.now() < other.startedAt + timeoutMs;
    while (isUnderWay()) {
      // oxlint-disable-next-line no-await-in-loop -- until it has ended
      await pauseFor(isNode() ? timeoutMs : pollEveryMs, signal, (end) => other.wakes.add(end));
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
      // oxlint-disable-next-line no-await-in-loop -- one exchange comes after the other
      const token = await followed(exchange, signal);
      if (token) return token;
    }
    const own: Exchange = { startedAt: performance.now(), wakes: new Set() };
    exchange = own;
    const work = next(own, request);
    return signal ? untilAborted(signal, work) : work;
  };
}

export function failure(code: CoviuErrorCode, hint?: string): CoviuError {
  return new CoviuError({ code, operation: "createAccessTokenSource", outcome: "not-sent", hint });
}

/** Waits no longer than the signal says. The work itself goes on: others may wait for it too. */
function untilAborted<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
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
