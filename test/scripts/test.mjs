// npm test: every check, in the order in which a failure is cheapest to read. Closes with "N passed, N failed".
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const out = join(root, ".out");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

let passed = 0;
let failed = 0;
/** Said once more at the end: a long log is often cut in its middle. @type {string[]} */
const failures = [];

/** @param {string} title @param {string[]} command @param {Record<string, string>} [env] */
function run(title, command, env = {}) {
  const began = Date.now();
  console.log(`\n— ${title}`);
  const { status } = spawnSync("npx", ["--no-install", ...command], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  console.log(`— ${title}: ${status === 0 ? "ok" : "FAILED"} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return status === 0;
}

/** A check without tests of its own counts as one. @param {string} title @param {string[]} command */
function check(title, command) {
  if (run(title, command)) passed += 1;
  else {
    failed += 1;
    failures.push(title);
  }
}

/** A runner counts its own tests; one that dies before it has counted is a failure.
 * @param {string} title @param {string[]} command @param {Record<string, string>} env @param {string} file
 * @param {(report: any) => { passed: number, failed: number, names: string[] }} count */
function suite(title, command, env, file, count) {
  const ok = run(title, command, env);
  try {
    const counted = count(JSON.parse(readFileSync(join(out, file), "utf8")));
    passed += counted.passed;
    const ran = counted.passed + counted.failed > 0;
    failed += counted.failed;
    failures.push(...counted.names.map((name) => `${title}: ${name}`));
    if (counted.failed === 0 && (!ok || !ran)) throw new Error("it failed outside its tests");
  } catch (error) {
    failed += 1;
    failures.push(`${title}: ${String(error)}`);
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

check("lock file", ["node", "test/scripts/lock.mjs"]);
check("types", ["tsc", "-p", "."]);
check("lint and format", ["npm", "run", "--silent", "lint"]);
check("build", ["npm", "run", "--silent", "build"]);
suite(
  "tests",
  ["vitest", "run", "--reporter=default", "--reporter=json", "--outputFile.json=.out/vitest.json"],
  {},
  "vitest.json",
  (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    names: failedTests(report),
  }),
);
suite(
  "end to end",
  ["playwright", "test", "-c", "test/e2e/playwright.config.ts"],
  { PLAYWRIGHT_JSON_OUTPUT_NAME: join(out, "e2e.json") },
  "e2e.json",
  ({ stats, suites }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    names: failedSpecs(suites),
  }),
);
check("package", ["npm", "run", "--silent", "check:package"]);
check("storybook builds", ["npm", "run", "--silent", "build-storybook", "--", "--quiet"]);
check("sizes", ["node", "test/scripts/size.mjs"]);

for (const failure of failures) console.log(`\nFAILED ${failure.slice(0, 2_000)}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
