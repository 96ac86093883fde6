// Stands for the sign-in that your app has already.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** @typedef {{ id: string, name: string, role: "clinician" | "reception" }} User `id` is a clinician's `state` in sessions */

/** @type {Record<string, User>} */
const users = {
  chen: { id: "clinician-chen", name: "Mei-Ling Chen", role: "clinician" },
  okafor: { id: "clinician-okafor", name: "Dr Amara Okafor", role: "clinician" },
  reception: { id: "reception", name: "Reception", role: "reception" },
};

/** In a cookie that no script can read. Over TLS its name would begin with `__Host-`, and it would be `Secure`. */
const cookie = "session";
const attributes = "Path=/; HttpOnly; SameSite=Lax";

/** New passwords each time, and sessions that end with the process. */
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
     * The cookie of a new session.
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
     * The cookie that takes the session's place.
     *
     * @param {string | null | undefined} cookies
     */
    signOut(cookies) {
      sessions.delete(idIn(cookies));
      return `${cookie}=; ${attributes}; Max-Age=0`;
    },
  };
}

/** Takes as long for a wrong one as for the right one. @param {string[]} texts */
function isSame(...texts) {
  const [one = "", other = ""] = texts.map((text) => createHash("sha256").update(text).digest("hex"));
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
