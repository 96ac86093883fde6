/** Whether a text can stand in a path: `..` survives encoding, so no other sign ever reaches an address. */
export function isId(text: string): boolean {
  return /^[\w-]{1,512}$/.test(text);
}
