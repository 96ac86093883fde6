import { checkBaseUrl } from "./proxy/checkOptions.ts";
import { createTokenExchange, type TimedToken } from "./proxy/tokenExchange.ts";

/** Options of `createAccessTokenSource`. */
export interface AccessTokenSourceOptions {
  /**
   * The clinic's API key, or a function that reads it for each token. Use a function if the key is missing at build time
   * (`next build`).
   */
  apiKey: string | (() => string | Promise<string>);
  /** The secret of the API key, or a function that reads it when it is needed. */
  apiSecret: string | (() => string | Promise<string>);
  /**
   * Address of the Session API, with its scheme.
   *
   * @default "https://api.coviu.com/v1"
   */
  baseUrl?: string | undefined;
  /**
   * Sends the requests for tokens.
   *
   * @default globalThis.fetch
   */
  fetch?: typeof globalThis.fetch | undefined;
}

/** Returns an access token and its expiry (`expiresAt`, in ms since 1970). */
export type AccessTokenSource = (request?: {
  /** Requests a new token, even if the current one has not expired. */
  forceRefresh?: boolean | undefined;
  signal?: AbortSignal | undefined;
}) => Promise<TimedToken>;

/**
 * Creates a function that exchanges the clinic's key and secret for access tokens (`POST /auth/token`). Use it on a
 * server only; it can be the `getAccessToken` of a client there. Concurrent callers share one request. A token is renewed
 * after half of its lifetime, and failures are not cached.
 *
 * @throws TypeError if `apiKey` or `apiSecret` is missing, or `baseUrl` is not a web address.
 * @throws CoviuError from the returned function: `auth_required` if the key or its secret was refused, otherwise
 * `auth_unavailable`. The error never contains the secret, the address or the response.
 *
 * @example
 * const getAccessToken = createAccessTokenSource({ apiKey, apiSecret });
 * const client = createCoviuClient({ baseUrl: "https://api.coviu.com/v1", getAccessToken });
 */
export function createAccessTokenSource({
  apiKey,
  apiSecret,
  baseUrl = "https://api.coviu.com/v1",
  fetch = (...request) => globalThis.fetch(...request),
}: AccessTokenSourceOptions): AccessTokenSource {
  if (!apiKey || !apiSecret) throw new TypeError("createAccessTokenSource needs apiKey and apiSecret.");
  checkBaseUrl("createAccessTokenSource", baseUrl);
  const exchange = createTokenExchange({ baseUrl, fetch });
  const readKey = async () => (typeof apiKey === "string" ? apiKey : apiKey());
  const readSecret = async () => (typeof apiSecret === "string" ? apiSecret : apiSecret());
  return ({ forceRefresh, signal } = {}) => exchange({ readKey, readSecret, forceRefresh, signal });
}
