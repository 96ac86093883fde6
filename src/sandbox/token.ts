import { encodeBase64, encodeBase64Url } from "hono/utils/encode";

import type { SandboxClock } from "./clock.ts";

const lifetimeSeconds = 3600;
/** Tokens that are kept. Older ones are dropped and get a 401, like expired ones. */
const maxTokens = 1000;

/** Body of the response to `POST /auth/token` (RFC 6749 section 5.1). */
export interface TokenResponse {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  token_type: "Bearer";
  scope: string;
}

/** Access and refresh tokens of a sandbox. */
export interface Tokens {
  issue: () => TokenResponse;
  /** Exchanges a refresh token, which is valid once. */
  redeem: (refreshToken: string) => TokenResponse | undefined;
  accepts: (accessToken: string) => boolean;
  expireAll: () => void;
  /** Returns the newest tokens, including expired ones. */
  issued: () => readonly string[];
  /** Credentials of the key and its secret for HTTP Basic (RFC 7617). */
  basic: string;
}

/**
 * Issues and checks access tokens in the form of the real API: JWTs (RFC 7519) with `userId`.
 *
 * The tokens are not signed with `hono/jwt`, because that needs `crypto.subtle`, which a page on plain HTTP does not
 * have. The signature is random: the sandbox accepts only tokens that it finds among those it issued.
 */
export function createTokens(clock: SandboxClock, key: string, secret: string): Tokens {
  let serial = 0;
  /** By access token, in ms since 1970. */
  const expiries = new Map<string, number>();
  const refreshTokens = new Set<string>();
  const issued: string[] = [];

  function issue(): TokenResponse {
    serial += 1;
    const iat = Math.floor(clock.now().getTime() / 1000);
    const exp = iat + lifetimeSeconds;
    const claims = { userId: "sandbox", clientId: key, serial, iat, exp };
    const parts = [jsonBytes({ alg: "HS256", typ: "JWT" }), jsonBytes(claims), randomBytes(32)];
    const access = parts.map(encodeBase64Url).join(".");
    const refresh = `refresh-${serial}-${encodeBase64Url(randomBytes(16))}`;
    expiries.set(access, exp * 1000);
    refreshTokens.add(refresh);
    issued.push(access, refresh);
    dropOldest(expiries);
    dropOldest(refreshTokens);
    issued.splice(0, issued.length - 2 * maxTokens);
    return {
      access_token: access,
      refresh_token: refresh,
      expires_in: lifetimeSeconds,
      token_type: "Bearer",
      scope: "team_api[sandbox]",
    };
  }

  return {
    basic: encodeBase64(utf8.encode(`${key}:${secret}`).buffer),
    issue,
    redeem: (refreshToken) => (refreshTokens.delete(refreshToken) ? issue() : undefined),
    accepts: (accessToken) => (expiries.get(accessToken) ?? 0) > clock.now().getTime(),
    expireAll: () => expiries.clear(),
    issued: () => issued,
  };
}

function dropOldest(tokens: Map<string, number> | Set<string>): void {
  for (const token of tokens.keys()) {
    if (tokens.size <= maxTokens) return;
    tokens.delete(token);
  }
}

const utf8 = new TextEncoder();

function jsonBytes(value: object): ArrayBuffer {
  return utf8.encode(JSON.stringify(value)).buffer;
}

function randomBytes(count: number): ArrayBuffer {
  return crypto.getRandomValues(new Uint8Array(count)).buffer;
}
