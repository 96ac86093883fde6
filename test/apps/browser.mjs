// Shared by the checks of the apps: processes, pages and named checks.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";

import { chromium } from "playwright";

import { launchOptions } from "../scripts/chromium.mjs";

/** @typedef {import("playwright").Page} Page */

const shots = process.env["COVIU_SHOTS"] ?? ".";
/** @type {(() => unknown)[]} */
const cleanups = [];
let failed = 0;

/** Runs a named check, prints a line and records a failure for the exit code. @param {string} title @param {() => unknown} body */
export async function check(title, body) {
  try {
    await body();
    console.log(`ok  ${title}`);
  } catch (error) {
    failed += 1;
    const message = error instanceof Error ? error.message : String(error);
    // Playwright's log of a call that never succeeded is long.
    console.log(`FAILED  ${title}\n${message.split("\n").slice(0, 30).join("\n")}`);
  }
}

/** @param {unknown} condition @param {string} message @returns {asserts condition} */
export function expect(condition, message) {
  if (!condition) throw new Error(message);
}

/** Ends the processes of the check. The last call of each check.mjs. */
export async function done() {
  for (const cleanup of cleanups.toReversed()) await cleanup();
  process.exit(failed > 0 ? 1 : 0);
}

/** Returns a free port. @returns {Promise<number>} */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || !address) throw new Error("no port");
  return address.port;
}

/**
 * Runs a command to its end. @param {string} command @param {string[]} args @param {Record<string, string>} [env]
 * @returns {Promise<string>} its output
 * @throws with the end of its output, if it fails
 */
export async function run(command, args, env = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}\n${output.slice(-4_000)}`);
  return output;
}

/**
 * Starts a process that ends with the check, and waits until its output matches `ready`.
 * @param {string} command @param {string[]} args @param {{ ready: RegExp, env?: Record<string, string>, cwd?: string }} options
 */
export async function start(command, args, { ready, env = {}, cwd }) {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    ...(cwd && { cwd }),
  });
  const ended = once(child, "close");
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null && child.pid) {
      // The process group contains child processes, such as the workers of Next.
      process.kill(-child.pid, "SIGTERM");
      await ended;
    }
  };
  cleanups.push(stop);
  let output = "";
  /** @type {RegExpExecArray} */
  const match = await new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += String(chunk);
        const found = ready.exec(output);
        if (found) resolve(found);
      });
    }
    void ended.then(() => reject(new Error(`${command} ${args.join(" ")} ended before it was ready\n${output}`)));
  });
  return { match, stop, output: () => output };
}

/** Starts the sandbox of the packed kit in a separate process. */
export async function startSandbox() {
  const key = "app-key";
  const secret = `secret-${crypto.randomUUID()}`;
  const command = createRequire(join(process.cwd(), "package.json")).resolve("coviu-react/sandbox");
  const { match } = await start(process.execPath, [join(command, "../command.js"), "--port", "0"], {
    ready: /http:\/\/\S+\/v1/,
    env: { COVIU_SANDBOX_KEY: key, COVIU_SANDBOX_SECRET: secret },
  });
  return { baseUrl: match[0], key, secret };
}

/**
 ** Launches Chromium with more arguments, such as `--host-resolver-rules`.
 * @param {string[]} [args]
 */
export async function launch(args = []) {
  const options = launchOptions();
  const browser = await chromium.launch({ ...options, args: [...options.args, ...args] });
  cleanups.push(() => browser.close());
  return browser;
}

/**
 ** Opens a page, and records console messages, errors and responses with an error status.
 * @param {import("playwright").Browser} browser
 * @param {{ width?: number, height?: number, scheme?: "light" | "dark" }} [options]
 */
export async function open(browser, { width = 1280, height = 900, scheme = "light" } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    timezoneId: "America/Los_Angeles",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(10_000);
  context.setDefaultNavigationTimeout(60_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  page.on("response", (response) => {
    if (response.status() >= 400)
      if (new URL(response.url()).pathname !== "/favicon.ico")
        problems.push(`${response.status()} ${new URL(response.url()).pathname}`);
  });
  return { page, problems };
}

/** Saves a screenshot of the page. @param {Page} page @param {string} name */
export async function shot(page, name) {
  await page.screenshot({ path: join(shots, `${name}.png`) });
}
