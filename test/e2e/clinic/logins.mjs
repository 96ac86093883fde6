// Example of a sign-in. Your app has its own.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** @typedef {{ id: string, name: string, role: "clinician" | "reception" }} User `id` is a clinician's `state` in sessions */

/** @type {Record<string, User>} */
const users = {
  chen: { id: "clinician-chen", name: "Mei-Ling Chen", role: "clinician" },
  okafor: { id: "clinician-okafor", name: "Dr Amara Okafor", role: "clinician" },
  reception: { id: "reception", name: "Reception", role: "reception" },
};

/** Cookie that scripts can't read. Over TLS, use a name with `__Host-`, and `Secure`. */
const cookie = "session";
const attributes = "Path=/; HttpOnly; SameSite=Lax";

/** Creates accounts with new passwords. Sign-ins end with the process. */
export function createLogins() {
  const accounts = Object.entries(users).map(([login, user]) => ({
    login,
    user,
    password: randomBytes(6).toString("base64url"),
  }));
  /** @type {Map<string, User>} */
  const sessions = new Map();

  /** @param {string | null | undefined} cookies */
  const idIn = (cookies) => new RegExp(`(?:^|; )${cookie}=([\\w-]+)`).exec(cookies ?? "")?.[1] ?? "";

  return {
    accounts,

    /** @param {string | null | undefined} cookies */
    userOf: (cookies) => sessions.get(idIn(cookies)),

    /**
     ** Returns the cookie of a new sign-in.
     *
     * @param {string | null} login @param {string | null} password
     */
    signIn(login, password) {
      const account = accounts.find((one) => one.login === login);
      if (!account || !isSame(account.password, password ?? "")) return undefined;
      const id = randomBytes(24).toString("base64url");
      sessions.set(id, account.user);
      return `${cookie}=${id}; ${attributes}`;
    },

    /**
     ** Returns a cookie that replaces the sign-in's cookie.
     *
     * @param {string | null | undefined} cookies
     */
    signOut(cookies) {
      sessions.delete(idIn(cookies));
      return `${cookie}=; ${attributes}; Max-Age=0`;
    },
  };
}

/** Compares in constant time. @param {string[]} texts */
function isSame(...texts) {
  const [one = "", other = ""] = texts.map((text) => createHash("sha256").update(text).digest("hex"));
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
