import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { createCoviuClient, createSession, getSession, listSessions } from "../../src/core.ts";
import { createAccessTokenSource } from "../../src/server/index.ts";

let folder = "";
let command = "";
const running = new Set<ChildProcess>();

beforeAll(async () => {
  // Inside the project, so that its imports resolve.
  mkdirSync(".out", { recursive: true });
  folder = mkdtempSync(join(".out", "command-"));
  command = join(folder, "command.mjs");
  await build({
    entryPoints: ["src/sandbox/command.ts"],
    outfile: command,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
  });
});

afterEach(async () => {
  await Promise.all([...running].map((child) => stop(child)));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function launch(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [command, ...args], { env: { ...process.env, ...env }, stdio: "pipe" });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<unknown> {
  const ended = once(child, "exit");
  child.kill(signal);
  const [code] = await ended;
  return code;
}

/** Starts the command on a free port and waits for its address. */
async function serve(args: readonly string[] = [], env?: Record<string, string>) {
  const child = launch(["--port", "0", ...args], env);
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    if (/secret .*\n/.test(printed)) break;
  }
  const baseUrl = /http:\S+/.exec(printed)?.[0] ?? "";
  const [key = "", secret = ""] = ["key", "secret"].map((name) => new RegExp(`${name} (.*)`).exec(printed)?.[1]);
  const getAccessToken = createAccessTokenSource({ apiKey: key, apiSecret: secret, baseUrl });
  return {
    child,
    printed,
    baseUrl,
    key,
    secret,
    getAccessToken,
    client: createCoviuClient({ baseUrl, getAccessToken }),
  };
}

async function run(args: readonly string[], env?: Record<string, string>) {
  const child = launch(args, env);
  const [[code], out, error] = await Promise.all([once(child, "exit"), text(child.stdout), text(child.stderr)]);
  return { code: Number(code), out, error };
}

describe("the sandbox over HTTP", () => {
  it("prints a loopback address, a key and a secret, with which a server can read the clinic's week", async () => {
    const { baseUrl, client } = await serve();
    expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    expect((await listSessions(client)).content.length).toBeGreaterThanOrEqual(60);
  });

  it("stores bookings, and can start empty", async () => {
    const { client } = await serve(["--seed", "none", "--now", "2026-01-12T09:00:00Z"]);
    expect((await listSessions(client)).content).toEqual([]);
    const times = { start_time: "2026-01-12T10:00:00Z", end_time: "2026-01-12T11:00:00Z" };
    const { session_id } = await createSession(client, times);
    expect(await getSession(client, session_id)).toMatchObject({ start_time: "2026-01-12T10:00:00.000Z" });
  });

  it("uses the dialect of the option", async () => {
    const { baseUrl, getAccessToken, client } = await serve(["--dialect", "observed"]);
    const { accessToken } = await getAccessToken();
    const [session] = (await listSessions(client)).content;
    const path = `${baseUrl}/sessions/${session?.session_id}/participants`;
    const response = await fetch(path, { headers: { authorization: `Bearer ${accessToken}` } });
    expect(await response.json()).toBeInstanceOf(Array);
  });

  it("reads key and secret from the options, or from the environment", async () => {
    const env = { COVIU_SANDBOX_KEY: "env-key", COVIU_SANDBOX_SECRET: "env-secret" };
    expect(await serve([], env)).toMatchObject({ key: "env-key", secret: "env-secret" });
    const { key, secret, client } = await serve(["--key", "own-key", "--secret", "own-secret"], env);
    expect({ key, secret }).toEqual({ key: "own-key", secret: "own-secret" });
    await expect(listSessions(client)).resolves.toBeDefined();
  });

  it("responds with JSON to every request", async () => {
    const { baseUrl, getAccessToken } = await serve();
    const { accessToken } = await getAccessToken();
    const headers = { authorization: `Bearer ${accessToken}` };
    const requests: [string, string, number][] = [
      ["GET", `${baseUrl}/nowhere`, 404],
      ["PATCH", `${baseUrl}/sessions`, 404],
      ["GET", new URL("/", baseUrl).href, 404],
      ["GET", `${baseUrl}/sessions?page=x`, 400],
      ["GET", `${baseUrl}/sessions/unknown`, 404],
    ];
    for (const [method, url, status] of requests) {
      const response = await fetch(url, { method, headers });
      expect({ url, status: response.status }).toEqual({ url, status });
      expect(await response.json()).toEqual({ error: { message: expect.any(String) } });
    }
  });

  it("allows pages of the origin in --cors, and no page by default", async () => {
    const origin = "http://clinic.test";
    const preflight = {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "PUT",
        "access-control-request-headers": "authorization,content-type",
      },
    };
    const open = await serve(["--cors", origin]);
    const allowed = await fetch(`${open.baseUrl}/sessions`, preflight);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-origin")).toBe(origin);
    expect(allowed.headers.get("access-control-allow-methods")).toMatch(/PUT.*DELETE/);
    expect(allowed.headers.get("access-control-allow-headers")).toMatch(/authorization.*content-type/);
    const refused = await fetch(`${open.baseUrl}/sessions`, { headers: { origin } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("access-control-allow-origin")).toBe(origin);

    const closed = await serve();
    const none = await fetch(`${closed.baseUrl}/sessions`, preflight);
    expect(none.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("refuses a body of more than 1 MB with 413 in every transfer encoding, and serves the next request", async () => {
    const { baseUrl, client, getAccessToken } = await serve();
    const { accessToken } = await getAccessToken();
    const big = JSON.stringify({ notes: "x".repeat(6 * 1024 * 1024) });
    const encodings: Record<string, { body: BodyInit; headers?: Record<string, string>; status: number }> = {
      "with its length": { body: big, status: 413 },
      chunked: { body: new Blob([big]).stream(), status: 413 },
      compressed: { body: new Uint8Array(gzipSync(big)), headers: { "content-encoding": "gzip" }, status: 415 },
    };
    for (const [encoding, { body, headers, status }] of Object.entries(encodings)) {
      const authorization = `Bearer ${accessToken}`;
      const init = { method: "POST", headers: { authorization, ...headers }, body, duplex: "half" };
      const response = await fetch(`${baseUrl}/sessions`, init);
      expect({ encoding, status: response.status }).toEqual({ encoding, status });
      expect(await response.json()).toEqual({ error: { message: expect.any(String) } });
      const withoutToken = await fetch(`${baseUrl}/sessions`, { ...init, headers: {}, body: big });
      expect(withoutToken.status).toBe(401);
    }
    await expect(listSessions(client)).resolves.toBeDefined();
  });

  it("writes every request to the log as one line of JSON, without token, key and secret", async () => {
    const file = join(folder, "log.jsonl");
    const { client, baseUrl, getAccessToken } = await serve(["--log", file, "--secret", "canary-secret"]);
    await listSessions(client, { page_size: 2 });
    await fetch(`${baseUrl}/sessions`);
    const { accessToken } = await getAccessToken();
    const written = readFileSync(file, "utf8");
    const lines = written.trim().split("\n");
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { operation: "token", status: 200 },
      { operation: "getSessionPage", method: "GET", query: { page_size: "2" }, status: 200 },
      { operation: "getSessionPage", status: 401 },
    ]);
    expect(written).not.toMatch(/canary|sandbox-key|refresh-/);
    expect(written).not.toContain(accessToken);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("ends with status 0 on %s", async (signal) => {
    const { child, baseUrl } = await serve();
    expect(await stop(child, signal)).toBe(0);
    await expect(fetch(baseUrl)).rejects.toThrow(TypeError);
  });

  it("refuses a log that is not writable, before it listens", async () => {
    const { code, out, error } = await run(["--log", "no-such-folder/log.jsonl"]);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(error.split("\n")[0]).toBe("coviu-sandbox: --log must be a writable file");
  });

  it.each([
    [["--host", ""], "--host must be an address"],
    [["--host", " "], "--host must be an address"],
    [["--host", "http://127.0.0.1"], "--host must be an address"],
    [["--port", ""], "--port must be a number"],
    [["--port", " 4010"], "--port must be a number"],
    [["--secret", ""], "--secret (or COVIU_SANDBOX_SECRET) must not be empty"],
    [["--secret", " s"], "--secret (or COVIU_SANDBOX_SECRET) must not"],
    [["--key", ""], "--key (or COVIU_SANDBOX_KEY) must not be empty"],
    [["--key", "a:b"], "--key (or COVIU_SANDBOX_KEY) must not contain a colon"],
    [["--now", "+275760-09-12T00:00:00Z"], "--now must be a time between the years 1970 and 9000"],
    [["--now", "-000001-01-01T00:00:00Z"], "--now"],
    [["--now", "NaN"], "--now must be a time"],
    [["--now", ""], "--now must be a time"],
    [["--now", "1/2/2026"], "--now must be a time"],
    [["--cors", "*"], "--cors must be the origin"],
    [["--cors", ""], "--cors must be the origin"],
    [["--cors", "clinic.test"], "--cors must be the origin"],
    [["--cors", "http://clinic.test/app"], "--cors must be the origin"],
    [["--latency", "5"], "--latency"],
  ])("refuses %j with a message before it listens", async (args, message) => {
    const { code, out, error } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(error.split("\n")[0]).toContain(message);
  });

  it("refuses an empty secret from the environment", async () => {
    const { code, error } = await run([], { COVIU_SANDBOX_SECRET: "" });
    expect(code).toBe(2);
    expect(error.split("\n")[0]).toContain("COVIU_SANDBOX_SECRET");
  });

  it("prints its version", async () => {
    const { version }: { version: string } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(await run(["--version"])).toEqual({ code: 0, out: `${version}\n`, error: "" });
  });

  it("prints a valid address for IPv6", async () => {
    const { baseUrl, client } = await serve(["--host", "::1"]);
    expect(baseUrl).toMatch(/^http:\/\/\[::1\]:\d+\/v1$/);
    await expect(listSessions(client)).resolves.toBeDefined();
  });

  it("serves on if the log can't be written any more", async () => {
    const log = join(folder, "gone.jsonl");
    const { child, client } = await serve(["--log", log]);
    rmSync(log);
    mkdirSync(log);
    const warning = once(child.stderr, "data");
    await expect(listSessions(client)).resolves.toBeDefined();
    await expect(listSessions(client)).resolves.toBeDefined();
    expect(String(await warning)).toMatch(/^coviu-sandbox: can't write the log any more \(EISDIR\)/);
  });

  it("prints a message if the port is in use", async () => {
    const { baseUrl } = await serve();
    const { code, error } = await run(["--port", new URL(baseUrl).port]);
    expect(code).toBe(1);
    expect(error).toContain("EADDRINUSE");
    expect(error).toContain("--port");
  });
});
