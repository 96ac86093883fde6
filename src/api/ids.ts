/**
 * Whether a value can stand in a path as an id. `..` survives encoding, so nothing but letters, digits, `-` and `_` reaches
 * an address. The texts that a missing value leaves in a template are no ids either.
 */
export function isId(value: unknown): value is string {
  return typeof value === "string" && /^[\w-]{1,512}$/.test(value) && !/^(undefined|null|NaN)$/.test(value);
}

/** A random UUID (version 4). Pages on plain HTTP have `getRandomValues`, but no `crypto.randomUUID`. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, index) => {
    // RFC 9562, section 5.4: the version and the variant stand in two of the bytes.
    const value = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return value.toString(16).padStart(2, "0");
  }).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
