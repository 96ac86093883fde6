import type { SandboxClock } from "./clock.ts";

const lifetimeSeconds = 3600;
/** Older tokens are forgotten and answered with 401, as expired ones are. */
const maxTokens = 1000;

/** Body of the answer to `POST /auth/token`. */
export interface TokenAnswer {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  token_type: "Bearer";
  scope: string;
}

export interface Tokens {
  issue: () => TokenAnswer;
  /** Takes a refresh token, once. */
  redeem: (refreshToken: string) => TokenAnswer | undefined;
  accepts: (accessToken: string) => boolean;
  expireAll: () => void;
  /** The newest tokens, expired ones included. */
  issued: () => readonly string[];
  /** Credentials of HTTP Basic for the key and its secret. */
  basic: string;
}

/**
 * Issues and checks access tokens in the form of the real API's: JWTs with `userId`.
 *
 * The sandbox looks a token up among those it issued, and nobody else checks one. So the signature is random:
 * signing needs `crypto.subtle`, which a page on plain HTTP does not have.
 */
export function createTokens(clock: SandboxClock, key: string, secret: string): Tokens {
  let serial = 0;
  /** By access token, in ms since 1970. */
  const expiries = new Map<string, number>();
  const refreshTokens = new Set<string>();
  const issued: string[] = [];

  function issue(): TokenAnswer {
    serial += 1;
    const iat = Math.floor(clock.now().getTime() / 1000);
    const exp = iat + lifetimeSeconds;
    const claims = { userId: "sandbox", clientId: key, serial, iat, exp };
    const parts = [JSON.stringify({ alg: "HS256", typ: "JWT" }), binary(JSON.stringify(claims)), randomBytes(32)];
    const access = parts.map(base64url).join(".");
    const refresh = `refresh-${serial}-${base64url(randomBytes(16))}`;
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
    basic: btoa(binary(`${key}:${secret}`)),
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

function randomBytes(count: number): string {
  return String.fromCharCode(...crypto.getRandomValues(new Uint8Array(count)));
}

/** The bytes of the text's UTF-8 form, one letter each, as `btoa` takes them. */
function binary(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

function base64url(letters: string): string {
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
