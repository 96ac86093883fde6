#!/usr/bin/env node
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { cors } from "hono/cors";

import { createSandbox } from "./createSandbox.ts";

const usage = `coviu-sandbox: the Coviu Session API in memory, over HTTP under /v1

  --port 4010            port; 0 for a free one
  --host 127.0.0.1       address to listen on; others than loopback let the network in
  --dialect spec         spec, or observed: answers as seen in the wild
  --seed clinic          clinic, or none
  --now TIME             where the clock starts, such as 2026-01-12T09:00:00Z; the real clock if left out
  --key KEY              or COVIU_SANDBOX_KEY
  --secret SECRET        or COVIU_SANDBOX_SECRET
  --cors ORIGIN          lets pages of this origin call it
  --log FILE             appends every request as a line of JSON, without tokens

A token, then a list:
  curl -u sandbox-key:sandbox-secret -d grant_type=client_credentials http://127.0.0.1:4010/v1/auth/token
  curl -H "authorization: Bearer TOKEN" http://127.0.0.1:4010/v1/sessions
`;

function fail(message: string): never {
  process.stderr.write(`coviu-sandbox: ${message}\n\n${usage}`);
  process.exit(2);
}

function read() {
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
      },
    }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : "these options can't be read");
  }
}

const options = read();
const { dialect, seed, now, key, secret, log } = options;
if (options.help) {
  process.stdout.write(usage);
  process.exit(0);
}
const port = Number(options.port);
if (!/^\d{1,5}$/.test(options.port) || port > 65_535) fail("--port must be a number from 0 to 65535");
if (dialect !== "spec" && dialect !== "observed") fail("--dialect must be spec or observed");
if (seed !== "clinic" && seed !== "none") fail("--seed must be clinic or none");
if (now !== undefined && Number.isNaN(Date.parse(now))) fail("--now must be a time such as 2026-01-12T09:00:00Z");
if (log !== undefined) {
  try {
    appendFileSync(log, "");
  } catch {
    fail("--log must be a file that can be written");
  }
}

// With --now the clock starts there and runs on.
const offset = now === undefined ? 0 : Date.parse(now) - Date.now();
const sandbox = createSandbox({
  now: () => new Date(Date.now() + offset),
  seed,
  dialect,
  key,
  secret,
  ...(log !== undefined && { onRequest: (entry) => appendFileSync(log, `${JSON.stringify(entry)}\n`) }),
});

const app = new Hono();
if (options.cors)
  app.use(
    cors({
      origin: options.cors,
      allowHeaders: ["authorization", "content-type"],
      allowMethods: ["GET", "POST", "PUT", "DELETE"],
    }),
  );
// Passed on rather than routed, so that what is unknown is answered by the sandbox too.
app.all("*", (c) => sandbox.app.fetch(c.req.raw));

const server = serve({ fetch: app.fetch, hostname: options.host, port }, ({ port: bound }) => {
  process.stdout.write(
    `coviu-sandbox listens on http://${options.host}:${bound}/v1 (${dialect})\n  key ${key}\n  secret ${secret}\n`,
  );
});
server.on("error", (error: NodeJS.ErrnoException) => {
  process.stderr.write(`coviu-sandbox: can't listen on ${options.host}:${port} (${error.code ?? "unknown reason"})\n`);
  process.exit(1);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    server.close();
    process.exit(0);
  });
}
