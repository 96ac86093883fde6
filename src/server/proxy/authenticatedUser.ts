import type { ProxyUser } from "./rights.ts";
import { kindOf } from "./scope.ts";

/**
 * Reads what `authenticate` gave. `undefined`, `null` and `false` are nobody.
 *
 * @throws TypeError for anything else that is no user
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says which user it is
export function authenticatedUser<User extends ProxyUser>(value: unknown): User | undefined {
  if (value === undefined || value === null || value === false) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new TypeError(`authenticate gave ${kindOf(value)}. Give a user with an id, or undefined for nobody.`);
  }
  const { id, tenant }: { id?: unknown; tenant?: unknown } = value;
  if (typeof id !== "string" || !id) {
    throw new TypeError(`authenticate gave a user whose id is ${kindOf(id)}. Give a text that no other user has.`);
  }
  if (tenant !== undefined && tenant !== null && typeof tenant !== "string") {
    throw new TypeError(`authenticate gave a user whose tenant is ${kindOf(tenant)}. Give a text, or leave it out.`);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the app's own user, with the two fields checked
  return value as User;
}
