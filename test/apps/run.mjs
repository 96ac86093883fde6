// npm run apps [-- name …]: builds and packs the kit, installs it into each app of this folder and runs the app's check.
//
// An app is a folder with a package.json (exact pins), a package-lock.json without host names and an .npmrc. It is copied
// out of the checkout, so that no import resolves to the project's node_modules. Then `npm ci`, then the packed kit. Its
// check is `check.mjs`, which stays in the checkout (it may import `./browser.mjs` and Playwright) and runs with the
// copy as working folder, or else the npm script `check`. A check fails by its exit code.
//
// The check gets `COVIU_SHOTS`, a folder for screenshots, and `COVIU_TGZ`, the packed kit.
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const apps = join(root, "test/apps");
const shots = join(root, ".out/apps");
/** One folder per checkout. Installed packages are reused while the lock file is the same. */
const work = join(tmpdir(), `coviu-react-apps-${createHash("sha256").update(root).digest("hex").slice(0, 8)}`);

const all = readdirSync(apps).filter((name) => existsSync(join(apps, name, "package.json")));
const requested = process.argv.slice(2);
const unknown = requested.filter((name) => !all.includes(name));
if (unknown.length > 0) throw new Error(`no app of this name: ${unknown.join(", ")}; there are ${all.join(", ")}`);

mkdirSync(shots, { recursive: true });
mkdirSync(work, { recursive: true });

/** @param {string} command @param {string[]} args @param {string} cwd @param {Record<string, string>} [env] */
async function run(command, args, cwd, env = {}) {
  // `npm run` sets variables about this package, which must not reach the npm of another one.
  const ofThisPackage = /^(npm_(package|lifecycle|command|config_local_prefix)|INIT_CWD)/;
  const inherited = Object.entries(process.env).filter(([name]) => !ofThisPackage.test(name));
  const child = spawn(command, args, {
    cwd,
    env: { ...Object.fromEntries(inherited), NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}\n${output.slice(-30_000)}`);
  return output;
}

/** @returns {string} the packed kit */
function pack() {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  for (const name of readdirSync(work).filter((name) => name.endsWith(".tgz"))) rmSync(join(work, name));
  execFileSync("npm", ["pack", "--silent", "--pack-destination", work], { cwd: root, stdio: "pipe" });
  return join(work, readdirSync(work).find((name) => name.endsWith(".tgz")) ?? "");
}

/** @param {string} name @param {string} kit @returns {Promise<string>} output of the check */
async function check(name, kit) {
  const source = join(apps, name);
  const copy = join(work, name);
  const lock = readFileSync(join(source, "package-lock.json"), "utf8");
  if (/"resolved": "http/.test(lock)) throw new Error("its lock file contains a host name; see .npmrc");
  const stamp = join(copy, "node_modules/.coviu-lock");
  const isInstalled = existsSync(stamp) && readFileSync(stamp, "utf8") === lock;
  if (existsSync(copy)) {
    for (const entry of readdirSync(copy)) {
      if (entry !== "node_modules" || !isInstalled) rmSync(join(copy, entry), { recursive: true, force: true });
    }
  }
  cpSync(source, copy, {
    recursive: true,
    filter: (path) => !/[/\\]node_modules([/\\]|$)/.test(path.slice(source.length)),
  });
  if (!isInstalled) {
    await run("npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund"], copy);
    writeFileSync(stamp, lock);
  }
  rmSync(join(copy, "node_modules/coviu-react"), { recursive: true, force: true });
  await run(
    "npm",
    ["install", "--no-save", "--no-package-lock", "--prefer-offline", "--no-audit", "--no-fund", kit],
    copy,
  );
  writeFileSync(stamp, lock);
  const env = { COVIU_SHOTS: shots, COVIU_TGZ: kit };
  return existsSync(join(source, "check.mjs"))
    ? run(process.execPath, [join(source, "check.mjs")], copy, env)
    : run("npm", ["run", "--silent", "check"], copy, env);
}

console.log("Building and packing …");
const kit = pack();
let failed = 0;
const names = requested.length > 0 ? requested : all;
for (const name of names) {
  const startedAt = Date.now();
  const duration = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  try {
    const output = await check(name, kit);
    console.log(`${output.trimEnd().replace(/^/gm, "    ")}\n${name}: ok (${duration()})`);
  } catch (error) {
    failed += 1;
    console.log(`${error instanceof Error ? error.message : String(error)}\n${name}: FAILED (${duration()})`);
  }
}
console.log(`\n${names.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
