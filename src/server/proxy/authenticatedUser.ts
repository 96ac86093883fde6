import type { ProxyUser } from "./authorization.ts";
import { describeKind } from "./valueChecks.ts";

/**
 * Checks the return value of `authenticate`. `undefined`, `null` and `false` mean that no user is signed in.
 *
 * @throws TypeError for any other value that is not a user.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller gives the type of the user
export function toAuthenticatedUser<User extends ProxyUser>(value: unknown): User | undefined {
  if (value === undefined || value === null || value === false) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new TypeError(
      `authenticate returned ${describeKind(value)}. Return a user with an id, or undefined if no user is signed in.`,
    );
  }
  const { id, tenant }: { id?: unknown; tenant?: unknown } = value;
  if (typeof id !== "string" || !id) {
    throw new TypeError(
      `authenticate returned a user whose id is ${describeKind(id)}. Return a string that no other user has.`,
    );
  }
  if (tenant !== undefined && tenant !== null && typeof tenant !== "string") {
    throw new TypeError(
      `authenticate returned a user whose tenant is ${describeKind(tenant)}. Return a string, or leave it out.`,
    );
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the app's own user, with the two fields checked
  return value as User;
}
