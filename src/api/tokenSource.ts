import { CoviuError } from "./errors.ts";

/** Asks the app for an access token. After a 401 `forceRefresh` is true: then bypass any cache of your own. */
export type GetAccessToken = (request: { forceRefresh: boolean; signal: AbortSignal }) => Promise<string | AccessToken>;

export interface AccessToken {
  accessToken: string;
  /** Milliseconds since 1970. */
  expiresAt?: number | undefined;
}

export interface TokenSource {
  /** The current token. `dead` is one that was answered with 401: the next one is then asked for. */
  get(dead?: string): Promise<string>;
}

/** Holds one access token; any number of parallel calls cause one request for it. A failure is forgotten. */
export function createTokenSource(getAccessToken: GetAccessToken, timeout: number): TokenSource {
  let current: AccessToken | undefined;
  let pending: Promise<AccessToken> | undefined;

  async function ask(forceRefresh: boolean): Promise<AccessToken> {
    const signal = AbortSignal.timeout(timeout);
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
    const answer = await Promise.race([getAccessToken({ forceRefresh, signal }), late]);
    const token = typeof answer === "string" ? { accessToken: answer } : answer;
    if (!/^[\x21-\x7e]+$/.test(token.accessToken)) throw new TypeError();
    return token;
  }

  return {
    async get(dead) {
      if (current && current.accessToken !== dead && (current.expiresAt ?? Infinity) > Date.now()) {
        return current.accessToken;
      }
      pending ??= ask(current !== undefined).finally(() => {
        pending = undefined;
      });
      try {
        current = await pending;
        return current.accessToken;
      } catch {
        current = undefined;
        // What the app's function threw may hold a token or an address: only the fact is passed on.
        throw new CoviuError({ code: "auth_unavailable", operation: "getAccessToken", outcome: "not-sent" });
      }
    },
  };
}
