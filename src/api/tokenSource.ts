import { CoviuError, notSent } from "./errors.ts";
import { withTimeout } from "./withTimeout.ts";

/**
 * Asks the app for an access token. After a 401, and when the last token is about to expire, `forceRefresh` is true:
 * then bypass any cache of your own. Throw a `CoviuError` with the code `auth_required` if a person has to sign in
 * again; any other failure counts as passing.
 */
export type GetAccessToken = (request: { forceRefresh: boolean; signal: AbortSignal }) => Promise<string | AccessToken>;

export interface AccessToken {
  accessToken: string;
  /** Milliseconds since 1970. */
  expiresAt?: number | undefined;
}

/** Gives the current token. `dead` is one that was answered with 401: the next one is then asked for. */
export type TokenSource = (dead?: string) => Promise<string>;

const shortest = 30_000;
const longest = 24 * 3_600_000;

/** Holds one access token; any number of parallel calls cause one request for it. A failure is forgotten. */
export function createTokenSource(getAccessToken: GetAccessToken, timeout: number, ended: AbortSignal): TokenSource {
  let current: { token: string; life: number; wall: number; steady: number } | undefined;
  let pending: Promise<string> | undefined;
  let forceRefresh = false;

  // Whoever keeps the client keeps no token with it.
  ended.addEventListener("abort", () => {
    current = undefined;
  });

  async function ask(): Promise<string> {
    let hint = "threw";
    try {
      const [wall, steady] = [Date.now(), performance.now()];
      const answer = await withTimeout(timeout, [ended], async (signal) => getAccessToken({ forceRefresh, signal }));
      hint = "gave no token";
      const { accessToken: token, expiresAt = NaN } = typeof answer === "string" ? { accessToken: answer } : answer;
      if (/^bearer\s/i.test(token ?? "")) hint = "gave a token with Bearer before it";
      // From an app in JavaScript it may be anything, also a page of HTML.
      if (typeof token !== "string" || !/^[\x21-\x7e]{1,16384}$/.test(token)) throw new TypeError();
      const life = Math.min(Math.max(expiresAt - wall, shortest) || longest, longest);
      current = { token, life, wall, steady };
      forceRefresh = true;
      return token;
    } catch (error) {
      current = undefined;
      const code = CoviuError.is(error) && error.code === "auth_required" ? error.code : "auth_unavailable";
      if (error instanceof DOMException && error.name === "TimeoutError") hint = "took too long";
      // What the app's function threw may hold a token or an address: only the fact is passed on.
      throw notSent(code, "getAccessToken", { hint });
    }
  }

  /** Asked for ahead of its end. The steady clock stops while a computer sleeps, the other one can be set. */
  function isFresh({ life, wall, steady }: NonNullable<typeof current>): boolean {
    const age = Math.max(Date.now() - wall, performance.now() - steady);
    return age < life - Math.min(60_000, life / 10);
  }

  return async (dead) => {
    ended.throwIfAborted();
    if (current && current.token !== dead && isFresh(current)) return current.token;
    return (pending ??= ask().finally(() => {
      pending = undefined;
    }));
  };
}
