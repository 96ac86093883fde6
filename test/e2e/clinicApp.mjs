// Builds the app of test/e2e/clinic from the packed package, and starts it.
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const source = join(root, "test/e2e/clinic");
const folder = join(root, ".out/clinic");
const installed = join(folder, "node_modules/coviu-react");

/** Installs the packed package into the app. React and other packages are the project's own. */
export async function installApp() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  mkdirSync(join(folder, "public"));
  execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root, stdio: "pipe" });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  execFileSync("tar", ["-xzf", join(folder, tarball), "-C", installed, "--strip-components", "1"]);
  writeFileSync(join(folder, "package.json"), '{ "name": "clinic", "private": true, "type": "module" }');
  for (const name of readdirSync(source)) {
    copyFileSync(join(source, name), join(folder, /\.(css|svg)$/.test(name) ? "public" : "", name));
  }
  copyFileSync(join(installed, "dist/styles.css"), join(folder, "public/styles.css"));
  const { metafile } = await build({
    entryPoints: [join(folder, "page.tsx")],
    outdir: join(folder, "public"),
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    // The package name resolves to the installed package, not to the paths of the type checker.
    tsconfigRaw: {},
    absWorkingDir: root,
  });
  const foreign = Object.keys(metafile.inputs).filter((path) => !/^(\.out\/clinic|node_modules)\//.test(path));
  if (foreign.length > 0) throw new Error(`not from the package: ${foreign.join(", ")}`);
}

/** @typedef {{ api: string, key: string, secret: string }} Api of the session service */

/**
 ** Starts two processes on loopback: a sandbox as the session service, and the clinic's server in front of it.
 *
 * @param {{ port?: string | undefined, log?: string, onOutput?: ((text: string) => void) | undefined }} [options] `port` of the clinic.
 *   @default a free port
 */
export async function startApp({ port, log, onOutput } = {}) {
  const key = "clinic-key";
  const secret = `secret-${crypto.randomUUID()}`;
  const sandbox = start(
    [join(installed, "dist/sandbox/command.js"), "--port", "0", ...(log ? ["--log", log] : [])],
    { COVIU_SANDBOX_KEY: key, COVIU_SANDBOX_SECRET: secret },
    () => {},
  );
  const api = (await sandbox.outputMatching(/http:\/\/\S+\/v1/))[0];
  const clinic = await startServer({ api, key, secret }, { port, onOutput }).catch((error) => {
    sandbox.child.kill();
    throw error;
  });
  return {
    ...clinic,
    api: { api, key, secret, log: log ?? "" },
    /** Resolves when one of them has ended. */
    ended: Promise.race([clinic.ended, sandbox.ended]),
    async stop() {
      sandbox.child.kill();
      await Promise.all([clinic.stop(), sandbox.ended]);
    },
  };
}

/**
 ** Starts only the clinic's server, in front of a running service.
 *
 * @param {Api} api
 * @param {{ port?: string | undefined, entryUrls?: string, onOutput?: ((text: string) => void) | undefined }} [options]
 */
export async function startServer({ api, key, secret }, { port = "0", entryUrls = "", onOutput = () => {} } = {}) {
  const env = { PORT: port, COVIU_API: api, COVIU_KEY: key, COVIU_SECRET: secret, COVIU_ENTRY_URLS: entryUrls };
  const clinic = start([join(folder, "server.mjs")], env, onOutput);
  const [, url = ""] = await clinic.outputMatching(/is at (http:\S+)[^]*Ctrl-C/);
  return {
    url,
    /** Password of a user, from the output. @param {string} login */
    passwordOf: (login) => new RegExp(`^ {2}${login} +(\\S+)`, "m").exec(clinic.output())?.[1] ?? "",
    output: () => clinic.output(),
    ended: clinic.ended,
    async stop() {
      clinic.child.kill();
      await clinic.ended;
    },
  };
}

/** @param {string[]} command @param {Record<string, string>} env @param {(text: string) => void} onOutput */
function start(command, env, onOutput) {
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    child.once("close", () => resolve());
  });
  child.stdout.on("data", (text) => {
    output += String(text);
    onOutput(String(text));
  });
  return {
    child,
    ended,
    output: () => output,
    /** @param {RegExp} pattern @returns {Promise<RegExpExecArray>} */
    outputMatching: (pattern) =>
      new Promise((resolve, reject) => {
        const match = () => {
          const found = pattern.exec(output);
          if (found) resolve(found);
        };
        child.stdout.on("data", match);
        void ended.then(() => reject(new Error(`ended before it printed ${pattern.source}`)));
      }),
  };
}
