import { CoviuError, notSent } from "./errors.ts";
import { withTimeout } from "./withTimeout.ts";

/**
 * Gives an access token. `forceRefresh` is true after a 401, and when the last token is about to expire: bypass your own
 * cache then. Throw a `CoviuError` with the code `auth_required` if the user has to sign in again. Any other error counts
 * as temporary.
 *
 * @example
 * const getAccessToken: GetAccessToken = async ({ signal }) => {
 *   const response = await fetch("/token", { method: "POST", signal });
 *   return (await response.json()).access_token;
 * };
 */
export type GetAccessToken = (request: { forceRefresh: boolean; signal: AbortSignal }) => Promise<string | AccessToken>;

/** An access token with its expiry time. */
export interface AccessToken {
  accessToken: string;
  /** Milliseconds since 1970. */
  expiresAt?: number | undefined;
}

/** Gives the headers of the next request. `refused` are headers that got a 401: new ones are then requested. */
export type HeaderSource = (refused?: Headers) => Promise<Headers>;

const minLifeMs = 30_000;
const maxLifeMs = 24 * 3_600_000;

/** Keeps one access token. Parallel calls share one request for it. A failure is not kept. */
export function createTokenSource(getAccessToken: GetAccessToken, timeoutMs: number, ended: AbortSignal): HeaderSource {
  let current: { token: string; headers: Headers; lifeMs: number; wallTime: number; steadyTime: number } | undefined;
  let pending: Promise<Headers> | undefined;
  let forceRefresh = false;

  ended.addEventListener("abort", () => {
    current = undefined;
  });

  async function request(): Promise<Headers> {
    let hint = "threw";
    try {
      const [wallTime, steadyTime] = [Date.now(), performance.now()];
      const result = await withTimeout(timeoutMs, [ended], async (signal) => getAccessToken({ forceRefresh, signal }));
      hint = "gave no token";
      const { accessToken: token, expiresAt = NaN } = typeof result === "string" ? { accessToken: result } : result;
      if (/^bearer\s/i.test(token ?? "")) hint = "gave a token with Bearer before it";
      // An app in JavaScript may give anything, for example a page of HTML.
      if (typeof token !== "string" || !/^[\x21-\x7e]{1,16384}$/.test(token)) throw new TypeError();
      const lifeMs = Math.min(Math.max(expiresAt - wallTime, minLifeMs) || maxLifeMs, maxLifeMs);
      // The same object for the same token: a request that it was refused for is not sent again.
      const headers = token === current?.token ? current.headers : new Headers({ authorization: `Bearer ${token}` });
      current = { token, headers, lifeMs, wallTime, steadyTime };
      forceRefresh = true;
      return headers;
    } catch (error) {
      current = undefined;
      throw credentialsError(error, "getAccessToken", hint);
    }
  }

  /**
   * Whether the token is still used: a new one is requested some time before it expires. Two clocks, because the steady one
   * stops while the computer sleeps and the other one can be set.
   */
  function isFresh({ lifeMs, wallTime, steadyTime }: NonNullable<typeof current>): boolean {
    const ageMs = Math.max(Date.now() - wallTime, performance.now() - steadyTime);
    return ageMs < lifeMs - Math.min(60_000, lifeMs / 10);
  }

  return async (refused) => {
    ended.throwIfAborted();
    if (current && current.headers !== refused && isFresh(current)) return current.headers;
    return (pending ??= request().finally(() => {
      pending = undefined;
    }));
  };
}

/** The error of a function of the app that gives credentials. `auth_required` stays, every other error is temporary. */
export function credentialsError(error: unknown, operation: "getAccessToken" | "headers", hint: string): CoviuError {
  const code = CoviuError.is(error) && error.code === "auth_required" ? error.code : "auth_unavailable";
  const isTimeout = error instanceof DOMException && error.name === "TimeoutError";
  // The app's own error may hold a token or an address, so it is not passed on.
  return notSent(code, operation, { hint: isTimeout ? "took too long" : hint });
}
