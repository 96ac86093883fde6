// A clinic's server: a sign-in, two pages, and the proxy to the session service.
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { text } from "node:stream/consumers";

import { getRequestListener } from "@hono/node-server";
import { createCoviuProxy, ownSessions } from "coviu-react/server";

import { createLogins } from "./logins.mjs";
import { appPage, headersOf, loginPage } from "./pages.mjs";

/** @typedef {import("./logins.mjs").User} User */

const { PORT = "4300", COVIU_API = "", COVIU_KEY = "", COVIU_SECRET = "", COVIU_ENTRY_URLS = "" } = process.env;
const entryUrls = COVIU_ENTRY_URLS === "on-demand" ? "on-demand" : "with-participants";
const logins = createLogins();

const coviu = getRequestListener(
  createCoviuProxy({
    apiKey: COVIU_KEY,
    apiSecret: COVIU_SECRET,
    baseUrl: COVIU_API,
    authenticate: ({ headers }) => logins.userOf(headers.get("cookie")),
    entryUrls,
    ...ownSessions({ seesAll: (/** @type {User} */ { role }) => role === "reception" }),
    audit: (event) => console.log(JSON.stringify(event)),
  }),
);

/** @type {Record<string, string>} */
const types = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};
/** Files that the server sends, by path. */
const files = new Map(
  readdirSync(new URL("public/", import.meta.url)).map((name) => [
    `/${name}`,
    { type: types[extname(name)], content: readFileSync(new URL(`public/${name}`, import.meta.url)) },
  ]),
);

const server = createServer((request, response) => {
  // The proxy comes before any logging: its paths contain ids, and an id gives access to a session.
  if (request.url?.startsWith("/api/coviu/")) void coviu(request, response);
  else respond(request, response).catch(() => response.writeHead(500).end());
});

/** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
async function respond(request, response) {
  const { method, headers } = request;
  const path = request.url?.replace(/\?.*/, "") ?? "";
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("cross-origin-opener-policy", "same-origin");

  const user = logins.userOf(headers.cookie);
  const nonce = randomBytes(16).toString("base64");
  /** @param {string} location @param {import("node:http").OutgoingHttpHeaders} [more] */
  const goTo = (location, more) => response.writeHead(303, { location, "cache-control": "no-store", ...more }).end();
  const file = files.get(path);

  if (method === "GET") {
    if (file) response.writeHead(200, { "content-type": file.type, "cache-control": "no-cache" }).end(file.content);
    else if (path === "/" && !user) goTo("/login");
    else if (path === "/") response.writeHead(200, headersOf(nonce)).end(appPage(nonce));
    else if (path === "/me") {
      response.writeHead(user ? 200 : 401, { "content-type": "application/json", "cache-control": "no-store" });
      response.end(JSON.stringify({ user, entryUrls }));
    }
    // One user at a time. Only signing out notifies the other tabs.
    else if (path === "/login" && user) goTo("/");
    else if (path === "/login") {
      response.writeHead(200, headersOf(nonce)).end(loginPage(request.url?.endsWith("?out") ? "out" : undefined));
    } else response.writeHead(404).end();
    return;
  }
  // A form of another site can't sign a user in or out.
  if (method !== "POST" || headers["sec-fetch-site"] !== "same-origin") response.writeHead(403).end();
  else if (path === "/logout") {
    const clear = { "clear-site-data": '"cache", "storage"', "set-cookie": logins.signOut(headers.cookie) };
    goTo("/login?out", clear);
  } else if (path === "/login" && user) goTo("/");
  else if (path === "/login" && Number(headers["content-length"]) < 1000) {
    const form = new URLSearchParams(await text(request));
    const cookie = logins.signIn(form.get("login"), form.get("password"));
    if (cookie) goTo("/", { "set-cookie": cookie });
    else response.writeHead(401, headersOf(nonce)).end(loginPage("wrong"));
  } else response.writeHead(404).end();
}

server.once("error", (/** @type {NodeJS.ErrnoException} */ { code }) => {
  console.error(`Port ${PORT} can't be used (${code}). Choose another: PORT=4301 npm run start:clinic`);
  process.exit(1);
});
server.listen(Number(PORT), "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : PORT;
  console.log(`\nBanksia Street Clinic is at http://127.0.0.1:${port}\n\n  user name   password   is`);
  for (const { login, password, user } of logins.accounts) {
    const sees = user.role === "reception" ? "sees all sessions" : `${user.name}, sees their own`;
    console.log(`  ${login.padEnd(11)} ${password.padEnd(10)} ${sees}`);
  }
  console.log("\nThe audit log follows, without names, links and ids. Press Ctrl-C to end.\n");
});
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
