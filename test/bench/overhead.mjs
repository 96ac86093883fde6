// Time that the proxy costs, compared with a bare reverse proxy and with no proxy. All three run in turns, so that other
// work on the machine slows all of them. Only ratios are printed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";

const rounds = Number(process.env.ROUNDS ?? "9");
const perRound = Number(process.env.REQUESTS ?? "600");

/** @type {import("node:child_process").ChildProcess[]} */
const children = [];

/** @param {string} script @param {string[]} args @param {Record<string, string>} env */
async function start(script, args, env = {}) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [output] = await once(child.stdout, "data");
  return Number(/(\d+)(?=\/v1| *$)/m.exec(String(output))?.[1]);
}

const port = await start("../../dist/sandbox/command.js", ["--port", "0"]);
const api = `http://127.0.0.1:${port}/v1`;
const tokenResponse = await fetch(`${api}/auth/token`, {
  method: "POST",
  headers: { authorization: `Basic ${btoa("sandbox-key:sandbox-secret")}` },
  body: new URLSearchParams({ grant_type: "client_credentials" }),
});
const { access_token: token } = await tokenResponse.json();
const list = await fetch(`${api}/sessions?page_size=1`, { headers: { authorization: `Bearer ${token}` } });
const { content } = await list.json();
const path = `sessions/${content[0].session_id}`;

const env = { API: api, TOKEN: token };
const headers = { "coviu-kit": "1", "sec-fetch-site": "same-origin", cookie: "user=desk" };
const targets = {
  none: { url: `${api}/${path}`, headers: { authorization: `Bearer ${token}` } },
  bare: { url: `http://127.0.0.1:${await start("servers.mjs", ["bare"], env)}/api/coviu/${path}`, headers },
  kit: { url: `http://127.0.0.1:${await start("servers.mjs", ["kit"], env)}/api/coviu/${path}`, headers },
};

/** @param {typeof targets.none | typeof targets.kit} target @param {Agent} agent @returns {Promise<number>} */
function one({ url, headers }, agent) {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    request(url, { agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`));
      response.resume().once("end", () => resolve(performance.now() - startedAt));
    })
      .once("error", reject)
      .end();
  });
}

/** @param {keyof typeof targets} name @param {number} lanes @param {number} count */
async function load(name, lanes, count) {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  /** @type {number[]} */
  const times = [];
  const startedAt = performance.now();
  const lane = async () => {
    // oxlint-disable-next-line no-await-in-loop -- one request after the other, in each lane
    for (let sent = 0; sent < count / lanes; sent += 1) times.push(await one(targets[name], agent));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const rate = times.length / (performance.now() - startedAt);
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (/** @type {number} */ part) => times[Math.floor(times.length * part)] ?? 0;
  return { rate, p50: at(0.5), p99: at(0.99) };
}

/** @param {number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** @type {(keyof typeof targets)[]} */
const names = ["none", "bare", "kit"];

/** Compares within each round, since other work slows all three in it. @param {number} lanes @param {number} count */
async function compare(lanes, count) {
  /** @type {Record<string, number[]>} */
  const ratios = {};
  const add = (/** @type {string} */ name, /** @type {number} */ value) => (ratios[name] ??= []).push(value);
  for (let round = 0; round < rounds; round += 1) {
    /** @type {Record<string, { rate: number, p50: number, p99: number }>} */
    const measured = {};
    // oxlint-disable-next-line no-await-in-loop -- in turns, each round in another order
    for (let turn = 0; turn < 3; turn += 1) {
      const name = names[(round + turn) % 3] ?? "none";
      // oxlint-disable-next-line no-await-in-loop
      measured[name] = await load(name, lanes, count);
    }
    const { none, bare, kit } = measured;
    if (!none || !bare || !kit) throw new Error("not measured");
    add("requests per second, kit to none", kit.rate / none.rate);
    add("requests per second, bare to none", bare.rate / none.rate);
    add("requests per second, kit to bare", kit.rate / bare.rate);
    add("p50, kit to bare", kit.p50 / bare.p50);
    add("p99, kit to bare", kit.p99 / bare.p99);
    add("added p50, kit to bare", (kit.p50 - none.p50) / (bare.p50 - none.p50));
    add("added p99, kit to bare", (kit.p99 - none.p99) / (bare.p99 - none.p99));
  }
  console.log(`\n${lanes} at once`);
  for (const [name, values] of Object.entries(ratios)) console.log(`  ${name}: ${median(values).toFixed(2)}`);
}

try {
  for (const name of names) {
    // oxlint-disable-next-line no-await-in-loop -- warm-up
    await load(name, 16, 3 * perRound);
  }
  await compare(1, perRound);
  await compare(16, 2 * perRound);
} finally {
  for (const child of children) child.kill();
}
