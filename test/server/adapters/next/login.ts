import { type User, users } from "../../clinic.ts";

export type { User };

/** Stands for the login of the app. */
export function userOf({ headers }: Request): User | undefined {
  return users[/user=(\w+)/.exec(headers.get("cookie") ?? "")?.[1] ?? ""];
}
