#!/usr/bin/env node
import { appendFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";

import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { cors as allowOrigin } from "hono/cors";

import { readTime } from "./clock.ts";
import { createSandbox } from "./createSandbox.ts";
import type { SandboxLogEntry } from "./log.ts";

const usage = `coviu-sandbox: the Coviu Session API in memory, over HTTP under /v1

  --port 4010            port; 0 for a free one
  --host 127.0.0.1       address to listen on; with another address the network has access
  --dialect spec         spec, or observed: responses as real servers send them
  --seed clinic          clinic, or none
  --now TIME             time at which the clock starts, such as 2026-01-12T09:00:00Z (default: the real time)
  --key KEY              or COVIU_SANDBOX_KEY
  --secret SECRET        or COVIU_SANDBOX_SECRET
  --cors ORIGIN          allows pages of this origin to call it, such as http://localhost:5173
  --log FILE             appends each request as one line of JSON, without tokens
  --version              prints the version of the package

A token, then a list:
  curl -u sandbox-key:sandbox-secret -d grant_type=client_credentials http://127.0.0.1:4010/v1/auth/token
  curl -H "authorization: Bearer TOKEN" http://127.0.0.1:4010/v1/sessions
`;

function fail(message: string): never {
  process.stderr.write(`coviu-sandbox: ${message}\n\n${usage}`);
  process.exit(2);
}

function parseOptions() {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      options: {
        port: { ...text, default: "4010" },
        host: { ...text, default: "127.0.0.1" },
        dialect: { ...text, default: "spec" },
        seed: { ...text, default: "clinic" },
        now: text,
        key: { ...text, default: process.env["COVIU_SANDBOX_KEY"] ?? "sandbox-key" },
        secret: { ...text, default: process.env["COVIU_SANDBOX_SECRET"] ?? "sandbox-secret" },
        cors: text,
        log: text,
        help: { type: "boolean", default: false },
        version: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : "these options are not valid");
  }
}

const options = parseOptions();
const { dialect, seed, now, key, secret, log, cors } = options;
if (options.help) {
  process.stdout.write(usage);
  process.exit(0);
}
if (options.version) {
  const { version }: { version: string } = createRequire(import.meta.url)("coviu-react/package.json");
  process.stdout.write(`${version}\n`);
  process.exit(0);
}
const port = Number(options.port);
if (!/^\d{1,5}$/.test(options.port) || port > 65_535) fail("--port must be a number from 0 to 65535");
// Node listens on all interfaces where the host is empty.
if (!/^[\w.:-]+$/.test(options.host)) fail("--host must be an address or a host name, such as 127.0.0.1");
if (dialect !== "spec" && dialect !== "observed") fail("--dialect must be spec or observed");
if (seed !== "clinic" && seed !== "none") fail("--seed must be clinic or none");
if (cors !== undefined && !isOrigin(cors))
  fail("--cors must be the origin of one site, with its scheme and without a path, such as http://localhost:5173");
checkCredential("key", "COVIU_SANDBOX_KEY", key);
checkCredential("secret", "COVIU_SANDBOX_SECRET", secret);
if (key.includes(":")) fail("--key (or COVIU_SANDBOX_KEY) must not contain a colon, at which a key ends in HTTP Basic");
const offset = now === undefined ? 0 : parseStartTime(now) - Date.now();
if (log !== undefined) {
  try {
    appendFileSync(log, "");
  } catch {
    fail("--log must be a writable file");
  }
}

let isLogBroken = false;

function writeLog(file: string, entry: SandboxLogEntry): void {
  if (isLogBroken) return;
  try {
    appendFileSync(file, `${JSON.stringify(entry)}\n`);
  } catch (error) {
    isLogBroken = true;
    process.stderr.write(`coviu-sandbox: can't write the log any more (${codeOf(error)}); continuing without it\n`);
  }
}

const sandbox = createSandbox({
  // With --now the clock starts at that time and runs on.
  now: () => new Date(Date.now() + offset),
  seed,
  dialect,
  key,
  secret,
  ...(log !== undefined && { onRequest: (entry) => writeLog(log, entry) }),
});

const app = new Hono();
if (cors !== undefined)
  app.use(
    allowOrigin({
      origin: cors,
      allowHeaders: ["authorization", "content-type"],
      allowMethods: ["GET", "POST", "PUT", "DELETE"],
    }),
  );
// Not mounted as routes, so that the sandbox also responds to unknown paths.
app.all("*", async (c) => {
  const response = await sandbox.app.fetch(c.req.raw);
  await discardBody(c.req.raw);
  return response;
});

const server = serve({ fetch: app.fetch, hostname: options.host, port }, ({ port: bound }) => {
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  process.stdout.write(
    `coviu-sandbox listens on http://${host}:${bound}/v1 (${dialect})\n  key ${key}\n  secret ${secret}\n`,
  );
});
server.on("error", (error: NodeJS.ErrnoException) => {
  const help =
    error.code === "EADDRINUSE" ? "; the port is in use: choose another one with --port, or 0 for a free one" : "";
  process.stderr.write(`coviu-sandbox: can't listen on ${options.host}:${port} (${codeOf(error)})${help}\n`);
  process.exit(1);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    server.close();
    process.exit(0);
  });
}

/** Bytes of a refused body that are read and discarded. */
const maxDiscardedBytes = 64 * 1024 * 1024;

/**
 * Reads and discards what the sandbox has not read of a refused body. Otherwise the server closes the connection while
 * the client still writes, and the client reports a broken connection in place of the response.
 */
async function discardBody({ body }: Request): Promise<void> {
  if (!body || body.locked) return;
  const reader = body.getReader();
  let size = 0;
  while (size <= maxDiscardedBytes) {
    // oxlint-disable-next-line no-await-in-loop -- chunks arrive one after the other
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done) return;
    size += value?.byteLength ?? 0;
  }
}

function checkCredential(name: string, variable: string, value: string): void {
  if (value !== "" && value.trim() === value && !/\p{Cc}/u.test(value)) return;
  fail(`--${name} (or ${variable}) must not be empty and must not begin or end with white space`);
}

/** Parses `--now` to ms since 1970. */
function parseStartTime(time: string): number {
  try {
    return readTime(time).getTime();
  } catch {
    return fail("--now must be a time between the years 1970 and 9000, such as 2026-01-12T09:00:00Z");
  }
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
}
