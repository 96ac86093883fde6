/** Text for a role. A role that the contract does not name is shown as the server names it, in lower case. */
export function roleLabel(role: string, text: { host: string; guest: string }): string {
  return role === "HOST" ? text.host : role === "GUEST" ? text.guest : role.toLowerCase();
}
