// npm test: every check, in the order in which a failure is cheapest to read. Closes with "N passed, N failed".
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const out = join(root, ".out");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

let passed = 0;
let failed = 0;

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
  else failed += 1;
}

/** A runner counts its own tests; one that dies before it has counted is a failure.
 * @param {string} title @param {string[]} command @param {Record<string, string>} env @param {string} file
 * @param {(report: any) => { passed: number, failed: number }} count */
function suite(title, command, env, file, count) {
  const ok = run(title, command, env);
  try {
    const counted = count(JSON.parse(readFileSync(join(out, file), "utf8")));
    passed += counted.passed;
    const ran = counted.passed + counted.failed > 0;
    failed += counted.failed + (counted.failed === 0 && (!ok || !ran) ? 1 : 0);
  } catch {
    failed += 1;
  }
}

check("lock file", ["node", "test/scripts/lock.mjs"]);
check("types", ["tsc", "-p", "."]);
check("lint and format", ["npm", "run", "--silent", "lint"]);
check("build", ["npm", "run", "--silent", "build"]);
suite(
  "tests",
  ["vitest", "run", "--reporter=default", "--reporter=json", "--outputFile.json=.out/vitest.json"],
  {},
  "vitest.json",
  (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }),
);
suite(
  "end to end",
  ["playwright", "test", "-c", "test/e2e/playwright.config.ts"],
  { PLAYWRIGHT_JSON_OUTPUT_NAME: join(out, "e2e.json") },
  "e2e.json",
  ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky }),
);
check("package", ["npm", "run", "--silent", "check:package"]);
check("storybook builds", ["npm", "run", "--silent", "build-storybook", "--", "--quiet"]);
check("sizes", ["node", "test/scripts/size.mjs"]);

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
