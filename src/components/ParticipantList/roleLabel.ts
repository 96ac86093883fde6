/** Newer servers may name more roles than the contract: they are shown as they are called. */
export function roleLabel(role: string, text: { host: string; guest: string }): string {
  return role === "HOST" ? text.host : role === "GUEST" ? text.guest : role.toLowerCase();
}
