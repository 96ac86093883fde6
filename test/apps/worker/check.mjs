// The Hono recipe in workerd, the runtime of Cloudflare Workers, with many requests that depend on each other.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const folder = process.cwd();
const require = createRequire(join(folder, "package.json"));
const { build } = require("esbuild");

/** @returns {Promise<number>} a port that is free */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}

const binary = join(
  folder,
  `node_modules/@cloudflare/workerd-${process.platform}-${process.arch === "x64" ? "64" : process.arch}/bin/workerd`,
);
if (!existsSync(binary)) {
  console.log("skipped: there is no workerd for this machine");
  process.exit(0);
}

const apiPort = await freePort();
const sandbox = spawn(
  process.execPath,
  [join(folder, "node_modules/coviu-react/dist/sandbox/command.js"), "--port", String(apiPort)],
  { stdio: ["ignore", "pipe", "inherit"] },
);
const processes = [sandbox];
process.on("exit", () => processes.forEach((one) => one.kill()));
await once(sandbox.stdout, "data");

const source = readFileSync(join(folder, "worker.js"), "utf8").replace("API_PORT", String(apiPort));
const { outputFiles } = await build({
  stdin: { contents: source, resolveDir: folder, loader: "js" },
  bundle: true,
  write: false,
  format: "esm",
  target: "es2022",
  // Conditions of wrangler. The server's entry must come before the one for browsers.
  conditions: ["workerd", "worker", "browser"],
  external: ["node:*", "cloudflare:*"],
});
const code = outputFiles[0].text;
assert.doesNotMatch(code, /was imported into a browser bundle/);
writeFileSync(join(folder, "bundle.js"), code);

for (const compatibilityDate of ["2023-03-01", "2024-09-01", "2026-11-01"]) {
  await checkWith(compatibilityDate);
  console.log(`workerd of ${compatibilityDate}: reads, bookings, repeats, edits and links pass`);
}
process.exit(0);

/** @param {string} compatibilityDate */
async function checkWith(compatibilityDate) {
  const port = await freePort();
  writeFileSync(
    join(folder, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .app), (name = "internet", network = (allow = ["public", "private"]))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const app :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "bundle.js")],
  compatibilityDate = "${compatibilityDate}",
  bindings = [(name = "COVIU_KEY", text = "sandbox-key"), (name = "COVIU_SECRET", text = "sandbox-secret")],
);
`,
  );
  const workerd = spawn(binary, ["serve", "config.capnp"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  processes.push(workerd);
  let printed = "";
  for (const stream of [workerd.stdout, workerd.stderr]) stream.on("data", (text) => (printed += String(text)));
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    if (
      await fetch(`${origin}/errors`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    assert.ok(tries < 100, `workerd does not respond: ${printed}`);
    await sleep(100);
  }

  /** @returns {Promise<{ status: number, json: any }>} */
  async function send(user, path, { method = "GET", body, idempotencyKey = crypto.randomUUID(), signal } = {}) {
    const response = await fetch(`${origin}/api/coviu/${path}`, {
      method,
      signal,
      headers: {
        "coviu-kit": "1",
        origin,
        cookie: `user=${user}`,
        ...(method !== "GET" && { "idempotency-key": idempotencyKey }),
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: await response.json() };
  }
  const statuses = (responses) => responses.map(({ status }) => status);
  const all200 = (responses, label) =>
    assert.deepEqual(
      statuses(responses),
      responses.map(() => 200),
      `${label}: ${JSON.stringify(responses.find(({ status }) => status !== 200))} ${printed}`,
    );

  // The first requests need a token and derived keys at the same time.
  all200(await Promise.all(Array.from({ length: 30 }, () => send("desk", "sessions?page_size=3"))), "reads");

  const start = Date.now() + 86_400_000 + Math.floor(Math.random() * 1e9);
  const booking = {
    session_name: "Knee rehab",
    start_time: new Date(start).toISOString(),
    end_time: new Date(start + 1_800_000).toISOString(),
    participants: [
      { display_name: "Mei-Ling Chen", role: "HOST", state: "clinician-chen" },
      { display_name: "Ana Lee" },
    ],
  };
  const idempotencyKey = crypto.randomUUID();
  const booked = await Promise.all(
    Array.from({ length: 5 }, () => send("chen", "sessions", { method: "POST", body: booking, idempotencyKey })),
  );
  all200(booked, "repeats of one booking");
  assert.equal(new Set(booked.map(({ json }) => json.session_id)).size, 1);
  const [{ json: session }] = booked;

  // These edits wait for the lock of the session.
  const edits = Array.from({ length: 8 }, (_, index) =>
    send("desk", `sessions/${session.session_id}`, { method: "PUT", body: { session_name: `Edit ${index}` } }),
  );
  all200(await Promise.all(edits), "edits");

  // A disconnected browser leaves no lock.
  const disconnect = new AbortController();
  const aborted = send("desk", `sessions/${session.session_id}`, {
    method: "PUT",
    body: { session_name: "Disconnected" },
    signal: disconnect.signal,
  });
  setTimeout(() => disconnect.abort(), 5);
  await aborted.catch(() => {});
  all200(
    [await send("desk", `sessions/${session.session_id}`, { method: "PUT", body: { session_name: "After" } })],
    "an edit after an aborted one",
  );

  const guest = session.participants[1].participant_id;
  const revealed = await send("chen", `participants/${guest}/entry-url`, { method: "POST" });
  assert.match(revealed.json.entry_url, /^https:/, JSON.stringify(revealed));
  assert.equal((await send("unknown", "sessions")).status, 401);
  all200([await send("desk", `sessions/${session.session_id}`, { method: "DELETE" })], "a cancel");

  assert.deepEqual(await (await fetch(`${origin}/errors`)).json(), []);
  assert.doesNotMatch(printed, /different request|never generate|hang|Uncaught|rror:/, printed);
  workerd.kill();
  await once(workerd, "exit");
}
