/** Closes texts so that only this clinic's servers can read them, and always to the same text. */
export interface Seal {
  /** `purpose` is who it is for and what: under another purpose it can't be opened. */
  close: (purpose: string, text: string) => Promise<string>;
  open: (purpose: string, sealed: string) => Promise<string | undefined>;
  /** A name for something that must not be written down. */
  digest: (text: string) => Promise<string>;
}

interface Keys {
  secret: string;
  name: CryptoKey;
  seal: CryptoKey;
}

/** Milliseconds between two questions for the secret. */
const rereadAfterMs = 10_000;

/**
 * Keeps the keys that are made from the clinic's secret, so that all servers have the same ones: with a new secret, what
 * was sealed before can't be opened any more. It keeps keys, never a promise: a secret that hangs for one request must
 * hold up no other one.
 */
export function createKeyring() {
  let current: { keys: Keys; readAt: number } | undefined;

  return async (readSecret: () => Promise<string>): Promise<Keys> => {
    if (current && performance.now() < current.readAt + rereadAfterMs) return current.keys;
    const secret = await readSecret();
    const keys = current?.keys.secret === secret ? current.keys : await keysOf(secret);
    current = { keys, readAt: performance.now() };
    return keys;
  };
}

/** Seals for one request. A list seals hundreds of ids, with one question for the keys. */
export function createSeal(readKeys: () => Promise<Keys>): Seal {
  let pending: Promise<Keys> | undefined;
  const current = () => (pending ??= readKeys());

  async function sign(text: string): Promise<Uint8Array<ArrayBuffer>> {
    const { name } = await current();
    return new Uint8Array(await crypto.subtle.sign("HMAC", name, bytes(text)));
  }

  return {
    digest: async (text) => base64url((await sign(`name\n${text}`)).subarray(0, 24)),

    async close(purpose, text) {
      const { seal } = await current();
      // Made from what is sealed, so no two texts share one.
      const iv = (await sign(`iv\n${purpose}\n${text}`)).subarray(0, 12);
      const algorithm = { name: "AES-GCM", iv, additionalData: bytes(purpose) };
      const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, seal, bytes(text)));
      return base64url(new Uint8Array([...iv, ...sealed]));
    },

    async open(purpose, sealed) {
      const { seal } = await current();
      try {
        const all = Uint8Array.from(atob(sealed.replaceAll("-", "+").replaceAll("_", "/")), (sign) =>
          sign.charCodeAt(0),
        );
        const algorithm = { name: "AES-GCM", iv: all.subarray(0, 12), additionalData: bytes(purpose) };
        return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, seal, all.subarray(12)));
      } catch {
        return undefined;
      }
    },
  };
}

async function keysOf(secret: string): Promise<Keys> {
  const { subtle } = crypto;
  const root = await subtle.importKey("raw", bytes(secret), "HKDF", false, ["deriveKey"]);
  const from = (info: string) => ({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes(info) });
  const hmac = { name: "HMAC", hash: "SHA-256", length: 256 };
  return {
    secret,
    name: await subtle.deriveKey(from("coviu-react names"), root, hmac, false, ["sign"]),
    seal: await subtle.deriveKey(from("coviu-react seals"), root, { name: "AES-GCM", length: 256 }, false, [
      "encrypt",
      "decrypt",
    ]),
  };
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function base64url(all: Uint8Array): string {
  let text = "";
  for (const byte of all) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
