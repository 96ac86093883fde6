import { checkBaseUrl } from "./proxy/options.ts";
import { createTokenExchange, type TimedToken } from "./proxy/tokenExchange.ts";

export interface AccessTokenSourceOptions {
  /** The key, or a function that reads it with each token, for builds that run where there is none (`next build`). */
  apiKey: string | (() => string | Promise<string>);
  /** The secret, or a function that reads it when it is needed. */
  apiSecret: string | (() => string | Promise<string>);
  /**
   * Address of the API, with its scheme.
   *
   * @default "https://api.coviu.com/v1"
   */
  baseUrl?: string | undefined;
  fetch?: typeof globalThis.fetch | undefined;
}

export type AccessTokenSource = (request?: {
  forceRefresh?: boolean | undefined;
  signal?: AbortSignal | undefined;
}) => Promise<TimedToken>;

/**
 * Exchanges the clinic's key and secret for access tokens, on a server only: usable as `getAccessToken`. One request
 * for any number of callers; the next token is taken at half of a token's life; a failure is forgotten.
 *
 * @throws TypeError if `apiKey` or `apiSecret` is missing, or `baseUrl` is no web address.
 * @throws CoviuError from the source: `auth_required` if the key or its secret was refused, else `auth_unavailable`;
 * without the secret, the address or the answer in it.
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
