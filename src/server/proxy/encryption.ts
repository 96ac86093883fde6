/** Encrypts texts with keys derived from the clinic's secret. `context` is authenticated: it must be the same to decrypt. */
export interface Encryption {
  /** Encrypts with AES-GCM and a random nonce (NIST SP 800-38D). */
  encrypt: (context: string, text: string) => Promise<string>;
  /** Decrypts a text of `encrypt`; `undefined` if it was made with another key or context, or was changed. */
  decrypt: (context: string, encrypted: string) => Promise<string | undefined>;
  /**
   * Encrypts to the same result each time, for ids that the browser compares. This is deterministic authenticated
   * encryption in SIV mode (Rogaway and Shrimpton, 2006), as in RFC 5297, with HMAC-SHA-256 in place of S2V since Web
   * Crypto has no CMAC: the initialization vector of AES-CTR is the HMAC of context and text.
   */
  encryptDeterministically: (context: string, text: string) => Promise<string>;
  /** Decrypts a text of `encryptDeterministically`; `undefined` if it is not authentic. */
  decryptDeterministic: (context: string, encrypted: string) => Promise<string | undefined>;
  /** Names something by its HMAC-SHA-256, cut to 192 bits, where the text must not be stored or logged. */
  digest: (text: string) => Promise<string>;
}

interface Keys {
  secret: string;
  digest: CryptoKey;
  gcm: CryptoKey;
  sivMac: CryptoKey;
  sivCtr: CryptoKey;
}

/** Minimum time between two calls of `apiSecret`, in ms. */
const rereadAfterMs = 10_000;
/** Length of the nonce that AES-GCM is made for, in bytes. */
const nonceLength = 12;
/** Length of HMAC-SHA-256, in bytes. */
const tagLength = 32;

/**
 * Keeps the keys derived from the clinic's secret (HKDF, RFC 5869). All servers derive the same keys; after a change of
 * the secret, older texts can't be decrypted. It keeps keys and no promise: a secret that hangs for one request must not
 * block another request.
 */
export function createKeyring() {
  let current: { keys: Keys; readAt: number } | undefined;

  return async (readSecret: () => Promise<string>): Promise<Keys> => {
    if (current && performance.now() < current.readAt + rereadAfterMs) return current.keys;
    const secret = await readSecret();
    const keys = current?.keys.secret === secret ? current.keys : await deriveKeys(secret);
    current = { keys, readAt: performance.now() };
    return keys;
  };
}

/** Creates the encryption of one request. It reads the keys once: a list encrypts hundreds of ids. */
export function createEncryption(readKeys: () => Promise<Keys>): Encryption {
  let pending: Promise<Keys> | undefined;
  const currentKeys = () => (pending ??= readKeys());

  return {
    async digest(text) {
      const { digest } = await currentKeys();
      const tag = new Uint8Array(await crypto.subtle.sign("HMAC", digest, toBytes(text)));
      return toBase64Url(tag.subarray(0, 24));
    },

    async encrypt(context, text) {
      const { gcm } = await currentKeys();
      const iv = crypto.getRandomValues(new Uint8Array(nonceLength));
      const algorithm = { name: "AES-GCM", iv, additionalData: toBytes(context) };
      return toBase64Url(iv, await crypto.subtle.encrypt(algorithm, gcm, toBytes(text)));
    },

    async decrypt(context, encrypted) {
      const { gcm } = await currentKeys();
      try {
        const bytes = fromBase64Url(encrypted);
        const iv = bytes.subarray(0, nonceLength);
        const algorithm = { name: "AES-GCM", iv, additionalData: toBytes(context) };
        return toText(await crypto.subtle.decrypt(algorithm, gcm, bytes.subarray(nonceLength)));
      } catch {
        return undefined;
      }
    },

    async encryptDeterministically(context, text) {
      const { sivMac, sivCtr } = await currentKeys();
      const tag = new Uint8Array(await crypto.subtle.sign("HMAC", sivMac, macInput(context, toBytes(text))));
      return toBase64Url(tag, await crypto.subtle.encrypt(counterOf(tag), sivCtr, toBytes(text)));
    },

    async decryptDeterministic(context, encrypted) {
      const { sivMac, sivCtr } = await currentKeys();
      try {
        const bytes = fromBase64Url(encrypted);
        const tag = bytes.subarray(0, tagLength);
        const text = new Uint8Array(await crypto.subtle.decrypt(counterOf(tag), sivCtr, bytes.subarray(tagLength)));
        const isAuthentic = await crypto.subtle.verify("HMAC", sivMac, tag, macInput(context, text));
        return isAuthentic ? toText(text) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

/** Joins context and text so that no other pair gives the same bytes: the length of the context comes first. */
function macInput(context: string, text: Uint8Array): Uint8Array<ArrayBuffer> {
  const contextBytes = toBytes(context);
  return concat(toBytes(`${contextBytes.length}:`), contextBytes, text);
}

/** Parameters of AES-CTR: the first 128 bits of the tag are the counter. */
function counterOf(tag: Uint8Array<ArrayBuffer>) {
  return { name: "AES-CTR", counter: tag.subarray(0, 16), length: 128 };
}

async function deriveKeys(secret: string): Promise<Keys> {
  const { subtle } = crypto;
  const root = await subtle.importKey("raw", toBytes(secret), "HKDF", false, ["deriveKey"]);
  const derive = (info: string, algorithm: AesKeyGenParams | HmacKeyGenParams, usages: KeyUsage[]) => {
    const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: toBytes(`coviu-react ${info}`) };
    return subtle.deriveKey(hkdf, root, algorithm, false, usages);
  };
  const hmac = { name: "HMAC", hash: "SHA-256", length: 256 };
  return {
    secret,
    digest: await derive("digest", hmac, ["sign"]),
    gcm: await derive("AES-GCM", { name: "AES-GCM", length: 256 }, ["encrypt", "decrypt"]),
    sivMac: await derive("SIV HMAC", hmac, ["sign", "verify"]),
    sivCtr: await derive("SIV AES-CTR", { name: "AES-CTR", length: 256 }, ["encrypt", "decrypt"]),
  };
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function toText(bytes: BufferSource): string {
  return new TextDecoder().decode(bytes);
}

function concat(...parts: readonly (Uint8Array | ArrayBuffer)[]): Uint8Array<ArrayBuffer> {
  const chunks = parts.map((part) => (part instanceof Uint8Array ? part : new Uint8Array(part)));
  const bytes = new Uint8Array(chunks.reduce((size, { length }) => size + length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function toBase64Url(...parts: readonly (Uint8Array | ArrayBuffer)[]): string {
  let text = "";
  for (const byte of concat(...parts)) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
