import { ProxyError } from "./proxyError.ts";

const keyPattern = /^(?:"([\w-]{16,100})"|([\w-]{16,100}))$/;

/**
 * Reads the `Idempotency-Key` header of a write (draft-ietf-httpapi-idempotency-key-header). The draft sends a string of
 * structured fields, in double quotes; a key without quotes is accepted too.
 *
 * @throws ProxyError 400 if the key is missing or malformed.
 */
export function readIdempotencyKey(headers: Headers): string {
  const [, quoted, bare] = keyPattern.exec(headers.get("idempotency-key") ?? "") ?? [];
  const key = quoted ?? bare;
  if (key !== undefined) return key;
  throw new ProxyError(
    400,
    "invalid_request",
    "A write needs the header idempotency-key, with 16 to 100 letters, digits, hyphens or underscores.",
  );
}
