import type { SandboxClock } from "./clock.ts";

const lifetime = 3600;

/** What `POST /auth/token` answers. */
export interface TokenAnswer {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  token_type: "Bearer";
  scope: string;
}

export interface Tokens {
  issue(): Promise<TokenAnswer>;
  /** Takes a refresh token, once. */
  redeem(refreshToken: string): Promise<TokenAnswer | undefined>;
  accepts(accessToken: string): Promise<boolean>;
  expireAll: () => void;
  /** Every token that was given out, the dead ones too. */
  issued: () => readonly string[];
  /** What HTTP Basic sends for the key and its secret. */
  basic: string;
}

/** Issues and checks access tokens: JWTs, signed with the key's secret, as the real API's are. */
export function createTokens(clock: SandboxClock, key: string, secret: string): Tokens {
  let serial = 0;
  let expiredUpTo = 0;
  const refreshTokens = new Set<string>();
  const issued: string[] = [];
  const signing = crypto.subtle.importKey("raw", bytes(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
    "verify",
  ]);

  async function issue(): Promise<TokenAnswer> {
    serial += 1;
    const iat = Math.floor(clock.now().getTime() / 1000);
    const claims = { userId: "sandbox", clientId: key, serial, iat, exp: iat + lifetime };
    const signed = `${encode(JSON.stringify({ alg: "HS256", typ: "JWT" }))}.${encode(binary(JSON.stringify(claims)))}`;
    const signature = await crypto.subtle.sign("HMAC", await signing, bytes(signed));
    const refresh = `refresh-${serial}-${crypto.randomUUID()}`;
    refreshTokens.add(refresh);
    const access = `${signed}.${encode(String.fromCharCode(...new Uint8Array(signature)))}`;
    issued.push(access, refresh);
    return {
      access_token: access,
      refresh_token: refresh,
      expires_in: lifetime,
      token_type: "Bearer",
      scope: "team_api[sandbox]",
    };
  }

  return {
    basic: btoa(binary(`${key}:${secret}`)),
    issue,
    async redeem(refreshToken) {
      return refreshTokens.delete(refreshToken) ? issue() : undefined;
    },
    async accepts(accessToken) {
      const [head = "", body = "", signature = ""] = accessToken.split(".");
      try {
        const given = Uint8Array.from(decode(signature), (letter) => letter.charCodeAt(0));
        if (!(await crypto.subtle.verify("HMAC", await signing, given, bytes(`${head}.${body}`)))) return false;
        const claims: { serial: number; exp: number } = JSON.parse(decode(body));
        return claims.serial > expiredUpTo && claims.exp * 1000 > clock.now().getTime();
      } catch {
        return false;
      }
    },
    issued: () => issued,
    expireAll: () => {
      expiredUpTo = serial;
    },
  };
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Text as the bytes of its UTF-8 form, one letter each, as `btoa` wants it. */
function binary(text: string): string {
  return String.fromCharCode(...bytes(text));
}

function encode(letters: string): string {
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function decode(text: string): string {
  return atob(text.replace(/-/g, "+").replace(/_/g, "/"));
}
