// npm test: runs every check, the cheapest first. The last line is "N passed, N failed".
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const out = join(root, ".out");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

let passed = 0;
let failed = 0;
/** Failures, printed again at the end because long logs are often truncated. @type {string[]} */
const failures = [];

/** Runs a command, and prints its output at once, since other commands run at the same time.
 * @param {string} title @param {string[]} command @param {Record<string, string>} [env] */
async function run(title, command, env = {}) {
  const startedAt = Date.now();
  console.log(`— ${title} …`);
  const child = spawn("npx", ["--no-install", ...command], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  /** @type {Buffer[]} */
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => printed.push(chunk));
  const [status] = await once(child, "close");
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const text = Buffer.concat(printed).toString();
  console.log(`\n${text}\n— ${title}: ${status === 0 ? "ok" : "FAILED"} (${seconds} s)`);
  return { ok: status === 0, end: text.slice(-1_500) };
}

/** Runs a check that counts as one test. @param {string} title @param {string[]} command */
async function check(title, command) {
  const { ok, end } = await run(title, command);
  if (ok) passed += 1;
  else {
    failed += 1;
    failures.push(`${title}\n${end}`);
  }
}

/** Runs a test runner, and adds its counts. A runner that ends without a report counts as a failure.
 * @param {string} title @param {string[]} command @param {Record<string, string>} env @param {string} file
 * @param {(report: any) => { passed: number, failed: number, names: string[] }} count */
async function suite(title, command, env, file, count) {
  const { ok, end } = await run(title, command, env);
  try {
    const counted = count(JSON.parse(readFileSync(join(out, file), "utf8")));
    passed += counted.passed;
    const ran = counted.passed + counted.failed > 0;
    failed += counted.failed;
    failures.push(...counted.names.map((name) => `${title}: ${name}`));
    if (counted.failed === 0 && (!ok || !ran)) throw new Error("it failed outside of its tests");
  } catch (error) {
    failed += 1;
    failures.push(`${title}: ${String(error)}\n${end}`);
  }
}

/** @param {any} report of Vitest @returns {string[]} */
const failedTests = ({ testResults }) =>
  testResults.flatMap((/** @type {any} */ { name, assertionResults }) =>
    assertionResults
      .filter((/** @type {any} */ { status }) => status === "failed")
      .map((/** @type {any} */ test) => `${relative(root, name)} › ${test.fullName}\n${test.failureMessages[0]}`),
  );

/** @param {any[]} suites of Playwright, which nest @returns {string[]} */
const failedSpecs = (suites = []) =>
  suites.flatMap(({ specs = [], suites: inner }) => [
    ...specs
      .filter((/** @type {any} */ { ok }) => !ok)
      .map((/** @type {any} */ spec) => `${spec.file} › ${spec.title}`),
    ...failedSpecs(inner),
  ]);

/** @param {string} title @param {string} file @param {string[]} which */
function vitest(title, file, which) {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=.out/${file}`];
  return suite(title, ["vitest", "run", ...reporters, ...which], { VITE_DRILL_SAMPLE: "1" }, file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    names: failedTests(report),
  }));
}

function endToEnd() {
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: join(out, "e2e.json"), VITE_DRILL_SAMPLE: "1" };
  const command = ["playwright", "test", "-c", "test/e2e/playwright.config.ts"];
  return suite("end to end", command, env, "e2e.json", ({ stats, suites }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    names: failedSpecs(suites),
  }));
}

await Promise.all([
  check("lock file", ["node", "test/scripts/lock.mjs"]),
  check("types", ["tsc", "-p", "."]),
  check("lint and format", ["npm", "run", "--silent", "lint"]),
  check("build", ["npm", "run", "--silent", "build"]),
]);
/** @param {string[]} names of projects in vitest.config.ts */
const projects = (...names) => names.map((name) => `--project=${name}`);

// Queues that take about as long. Each waits now and then, for a browser, a process or a lock.
await Promise.all([
  vitest("tests", "vitest.json", [
    ...projects("node", "processes", "dom", "drill", "drill-isolated"),
    "--maxWorkers=3",
  ]),
  vitest("tests in Chromium", "browser.json", projects("browser", "drill-browser", "stories")).then(() =>
    vitest("tests on React 18", "react18.json", [
      ...projects("dom-react18", "browser-react18"),
      "--tags-filter=react18",
      "--maxWorkers=1",
    ]),
  ),
  vitest("servers with one store", "redis.json", projects("redis"))
    .then(endToEnd)
    .then(() => check("package", ["npm", "run", "--silent", "check:package"]))
    .then(() => check("storybook builds", ["npm", "run", "--silent", "build-storybook", "--", "--quiet"])),
]);

for (const failure of failures) console.log(`\nFAILED ${failure.slice(0, 2_000)}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
